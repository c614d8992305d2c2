import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'

/** Serves an app on 127.0.0.1; port 0 is a free one. `close` calls `closing` first and cuts what is still open. */
export async function serveApp(
  app: Hono,
  { port, closing }: { readonly port: number; readonly closing: () => void },
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createAdaptorServer({ overrideGlobalObjects: false, fetch: app.fetch })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address: AddressInfo | string | null = server.address()
  const actual = typeof address === 'object' && address !== null ? address.port : port
  const close = () =>
    new Promise<void>((resolve, reject) => {
      closing()
      server.close((error) => (error === undefined ? resolve() : reject(error)))
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${actual}`, close }
}
