import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { isJsonObject, type JsonObject } from '../../../sandbox/json-schema.ts'
import { type OpenGitHub, openGitHub } from './open-github.ts'

let github: OpenGitHub
let receiver: Server
const received: { readonly event: string; readonly payload: JsonObject }[] = []

beforeAll(async () => {
  github = await openGitHub()
  receiver = createServer(async (request, response) => {
    const payload: unknown = JSON.parse(Buffer.concat(await Array.fromAsync(request)).toString())
    const event = String(request.headers['x-github-event'])
    received.push({ event, payload: isJsonObject(payload) ? payload : {} })
    response.writeHead(202).end()
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const address = receiver.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await control('POST /_sandbox/webhooks', { url: `http://127.0.0.1:${port}/` })
})

afterAll(async () => {
  await github.close()
  receiver.close()
})

const control = (request: string, body?: unknown) => github.call('', request, body)
const quiet = () =>
  vi.waitFor(async () => expect((await control('GET /_sandbox/webhooks')).body).toMatchObject({ pending: 0 }), 30_000)
const names = () => received.map(({ event, payload }) => [event, payload['action']].filter(Boolean).join('.'))

describe('a pull request and its release', () => {
  it("send webhooks that GitHub's schemas and documents have nothing against", async () => {
    const shop = await github.repository()
    const { sha, number } = await shop.pull('SHOP-1-one')
    await shop.api('reviewer', `POST /pulls/${number}/reviews`, { event: 'APPROVE' })
    await shop.api('developer', `POST /issues/${number}/comments`, { body: '/waybill status' })
    await shop.pass(sha)
    const merged = await shop.api('developer', `PUT /pulls/${number}/merge`, { sha })
    const head = String(merged.body['sha'])
    await shop.api('admin', 'POST /git/refs', { ref: 'refs/tags/v0.1.0', sha: head })
    await shop.api('admin', 'POST /releases', { tag_name: 'v0.1.0' })
    const order = { ref: 'v0.1.0', environment: 'staging', auto_merge: false, required_contexts: [] }
    const deployment = await shop.api('deployer', 'POST /deployments', order)
    await shop.api('deployer', `POST /deployments/${deployment.body['id']}/statuses`, { state: 'success' })
    await quiet()
    expect(names()).toEqual(
      expect.arrayContaining([
        ...['push', 'pull_request.opened', 'pull_request_review.submitted', 'issue_comment.created'],
        ...['check_run.created', 'check_run.completed', 'pull_request.closed'],
        'deployment_status.created',
      ]),
    )
    expect(received.every(({ payload }) => isJsonObject(payload['installation']))).toBe(true)
    expect(github.violations).toEqual([])
  })

  it('are listed for the App, with what was sent', async () => {
    const list = await github.call(github.jwt(), 'GET /app/hook/deliveries?per_page=5')
    expect(list.items.map(({ event }) => event)).toEqual(
      received
        .slice(-5)
        .reverse()
        .map(({ event }) => event),
    )
    const one = await github.call(github.jwt(), `GET /app/hook/deliveries/${list.items[0]?.['id']}`)
    expect(one.body).toMatchObject({ request: { payload: received.at(-1)?.payload } })
    expect((await github.call('developer', 'GET /app/hook/deliveries')).status).toBe(401)
  })
})

describe('what is ordered of the sandbox', () => {
  it('holds webhooks until they are released', async () => {
    const shop = await github.repository()
    await quiet()
    const before = received.length
    await control('POST /_sandbox/webhooks', { mode: 'hold' })
    await shop.pull('SHOP-2-two')
    expect(received.length).toBe(before)
    await control('POST /_sandbox/webhooks', { mode: 'deliver' })
    await quiet()
    expect(names().slice(before)).toContain('pull_request.opened')
  })

  it('holds those of one repository, and goes on with the others', async () => {
    const [shop, other] = [await github.repository(), await github.repository()]
    await quiet()
    const before = received.length
    const from = () => received.slice(before).map(({ payload }) => payload['repository'])
    await control('POST /_sandbox/webhooks', { mode: 'hold', repository: shop.name })
    await shop.pull('SHOP-2-two')
    await other.pull('SHOP-3-three')
    await quiet()
    expect(from()).toContainEqual(expect.objectContaining({ name: other.name }))
    expect(from()).not.toContainEqual(expect.objectContaining({ name: shop.name }))
    await control('POST /_sandbox/webhooks', { release: true, repository: other.name })
    await quiet()
    expect(from()).not.toContainEqual(expect.objectContaining({ name: shop.name }))
    await control('POST /_sandbox/webhooks', { mode: 'deliver', repository: shop.name })
    await quiet()
    expect(from()).toContainEqual(expect.objectContaining({ name: shop.name }))
  })

  it('makes calls fail, and shows what was called', async () => {
    await control('DELETE /_sandbox/requests')
    const fault = { call: 'GET /repos/{owner}/{repo}', fault: '503', by: 'developer' }
    expect((await control('POST /_sandbox/faults', fault)).status).toBe(201)
    const shop = await github.repository()
    expect((await github.call('developer', `GET /repos/acme/${shop.name}`)).status).toBe(503)
    expect((await github.call('developer', `GET /repos/acme/${shop.name}`)).status).toBe(200)
    expect((await control('GET /_sandbox/requests?by=developer')).items).toMatchObject([
      { by: 'developer', call: 'GET /repos/{owner}/{repo}', status: 503 },
      { by: 'developer', call: 'GET /repos/{owner}/{repo}', status: 200 },
    ])
    await control('DELETE /_sandbox/faults')
    expect((await control('GET /_sandbox/faults')).items).toEqual([])
  })

  it('is a fresh repository, or what is left of a quota', async () => {
    const made = await control('POST /_sandbox/repositories', { name: 'fresh', config: 'version: 1\n', protect: false })
    expect(made).toMatchObject({ status: 201, body: { full_name: 'acme/fresh' } })
    await control('POST /_sandbox/rate-limit', { by: 'analyst', pool: 'core', remaining: 1 })
    expect((await github.call('analyst', 'GET /repos/acme/fresh')).status).toBe(200)
    const refused = await github.call('analyst', 'GET /repos/acme/fresh')
    expect(refused).toMatchObject({ status: 403, body: { message: expect.stringContaining('rate limit exceeded') } })
  })

  it('is refused when it makes no sense', async () => {
    expect((await control('POST /_sandbox/faults', { call: 'GET /', fault: 'earthquake' })).status).toBe(422)
    expect((await control('POST /_sandbox/webhooks', { mode: 'lose' })).status).toBe(422)
    expect((await control('POST /_sandbox/repositories')).status).toBe(422)
  })

  it('shows violations: a request that the documents refuse is answered 422', async () => {
    const wrong = await github.call('admin', 'POST /repos/acme/fresh/check-runs', {
      name: 'x',
      head_sha: 'y',
      colour: 1,
    })
    expect(wrong.status).toBe(422)
    const { status, items } = await control('GET /_sandbox/violations')
    expect(status).toBe(200)
    expect(items).toEqual([])
    expect(github.violations.join()).toContain('colour')
    await control('DELETE /_sandbox/violations')
    expect(github.violations).toEqual([])
  })
})
