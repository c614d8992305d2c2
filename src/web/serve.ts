import { once } from 'node:events'
import { createServer, Server } from 'node:http'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { type HealthOptions, healthRoutes } from './health.ts'
import { type ReceiveOptions, receiveRoute } from './receive.ts'

export type WebOptions = {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly receive: ReceiveOptions
  readonly health: HealthOptions
  /** Some 15 kB each while their headers are read; whoever comes beyond is turned away. GitHub needs a few at a time. */
  readonly mostConnections?: number
}

export type Web = {
  readonly url: string
  /** Takes no new connection, lets what runs come to its end for at most `patience` ms, and closes. */
  close(patience: number): Promise<void>
}

/** Serves all routes. A sender has 5 s for its headers and 15 s for a whole request; idle connections end after 5 s. */
export async function serve({ host, port, receive, health, mostConnections = 5000 }: WebOptions): Promise<Web> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.route('/', receiveRoute(receive))
  app.route('/', healthRoutes(health))
  app.onError((_error, c) => c.text('this went wrong', 500))
  const server = createAdaptorServer({
    fetch: app.fetch,
    overrideGlobalObjects: false,
    createServer,
    serverOptions: {
      headersTimeout: 5000,
      requestTimeout: 15_000,
      keepAliveTimeout: 5000,
      connectionsCheckingInterval: 1000,
      maxHeaderSize: 16_384,
    },
  })
  if (!(server instanceof Server)) throw new TypeError('expected a server of node:http')
  server.maxConnections = mostConnections
  server.listen(port, host)
  await once(server, 'listening')
  return { url: urlOf(server, host), close: (patience) => close(server, patience) }
}

function urlOf(server: Server, host: string): string {
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}

async function close(server: Server, patience: number): Promise<void> {
  if (!server.listening) return
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), patience)
  await closed
  clearTimeout(timer)
}
