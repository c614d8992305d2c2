import { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import type { Hono } from 'hono'

/** Serves the app on 127.0.0.1; port 0 takes a free one. `close` cuts the connections that are still open. */
export async function listenOn(
  app: Hono,
  port: number,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const { server, address } = await new Promise<{ readonly server: ServerType; readonly address: AddressInfo }>(
    (resolve, reject) => {
      // A Waybill in the same process answers with Node's own `Response`, as it does by itself.
      const own = { overrideGlobalObjects: false, port, hostname: '127.0.0.1' }
      const server = serve({ fetch: app.fetch, ...own }, (address) => resolve({ server, address }))
      server.once('error', reject)
    },
  )
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        if (server instanceof Server) server.closeAllConnections()
      }),
  }
}
