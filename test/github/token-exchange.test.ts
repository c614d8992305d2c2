import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { Probot } from 'probot'
import { afterEach, expect, it } from 'vitest'
import { callRest } from '../../src/github/call-rest.ts'
import { createOctokitClass } from '../../src/github/octokit.ts'
import { appKey } from '../app-key.ts'
import { hastyPace } from '../hasty-pace.ts'

const quiet = { info: () => {}, warn: () => {}, error: () => {} }
const read = { route: 'GET /repos/{owner}/{repo}', parameters: { owner: 'acme', repo: 'shop' } }

let server: Server
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

it('comes back from an outage that began with the first token: the call that looks whether GitHub is back may ask for one', async () => {
  let exchanges = 0
  server = createServer((request, response) => {
    const exchange = request.url?.endsWith('/access_tokens') === true
    if (exchange) exchanges += 1
    response.writeHead(200, { 'content-type': 'application/json' })
    const expires_at = new Date(Date.now() + 3_600_000).toISOString()
    const whole = JSON.stringify(exchange ? { token: 'ghs_x', expires_at, permissions: {} } : { id: 5 })
    response.end(exchange && exchanges === 1 ? whole.slice(0, 20) : whole)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  let clock = 0
  const Octokit = createOctokitClass({
    baseUrl: `http://127.0.0.1:${port}`,
    log: quiet,
    now: () => clock,
    pace: hastyPace,
  })
  const octokit = await new Probot({
    appId: 7,
    privateKey: appKey(),
    secret: 'not used',
    logLevel: 'fatal',
    Octokit,
  }).auth(1)
  await expect(callRest(octokit, read)).rejects.toThrow('GitHub did not answer')
  clock += 60_000
  expect((await callRest(octokit, read)).data).toEqual({ id: 5 })
})
