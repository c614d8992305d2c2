import { once } from 'node:events'
import { createServer } from 'node:http'
import { createNodeMiddleware, Probot } from 'probot'

/** A program of its own, as Waybill is: verifies, parses and answers, and keeps nothing. Says where it listens. */
const [secret = ''] = process.argv.slice(2)
const probot = new Probot({ githubToken: 'of no use', secret, logLevel: 'fatal' })
const handle = await createNodeMiddleware((app) => void app.on('push', () => {}), { probot })
const server = createServer((request, response) => void handle(request, response)).listen(0, '127.0.0.1')
await once(server, 'listening')
const address = server.address()
process.send?.(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`)
