import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { verify } from '@octokit/webhooks-methods'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { deliveryRoutes } from '../../../sandbox/github/delivery-routes.ts'
import type { App, Installation, Organisation, User } from '../../../sandbox/github/state/accounts.ts'
import { createState, type State } from '../../../sandbox/github/state.ts'
import { webhookViolations } from '../../../sandbox/github/webhook-contract.ts'
import { createWebhooks, type Webhooks } from '../../../sandbox/github/webhooks.ts'

type Received = { readonly headers: IncomingHttpHeaders; readonly body: string }

const received: Received[] = []
let status: number
let receiver: Server
let state: State
let violations: string[]
let webhooks: Webhooks
let subscriptions: readonly string[] | undefined

beforeEach(async () => {
  received.length = 0
  status = 202
  violations = []
  subscriptions = undefined
  receiver = createServer(async (request, response) => {
    const chunks = await Array.fromAsync(request)
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
    response.writeHead(status).end('thanks')
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  state = createState()
  state.installations.push(installation('waybill', 42))
  webhooks = createWebhooks({ state, appSlug: 'waybill', violations, subscriptions: () => subscriptions })
  webhooks.order({
    url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`,
    secret: 'a long enough secret',
  })
})

afterEach(() => {
  webhooks.close()
  receiver.close()
})

const bot: User = { id: 1, nodeId: 'U', login: 'waybill[bot]', name: 'Waybill', email: 'x@y.z', type: 'Bot' }

function installation(slug: string, id: number): Installation {
  const owner: Organisation = { id: 2, nodeId: 'O', login: 'acme', members: [], teams: [] }
  const common = { nodeId: 'A', clientId: 'c', publicKey: undefined, permissions: {}, events: [], createdAt: 0 }
  const app: App = { ...common, id: 7, slug, name: slug, owner, bot }
  state.apps.push(app)
  return {
    id,
    nodeId: 'I',
    app,
    account: owner,
    repositories: 'all',
    permissions: {},
    suspendedAt: undefined,
    createdAt: 0,
  }
}

function emit(n: number, name = 'star') {
  state.events.emit({ name, payload: { action: 'created', n }, repository: undefined, sender: bot, only: undefined })
}

const quiet = () => vi.waitFor(() => expect(webhooks.status().pending).toBe(0), { timeout: 30_000 })
const numbers = () => received.map(({ body }) => JSON.parse(body).n)

describe('a delivery', () => {
  it("has GitHub's headers, a right signature, and its installation", async () => {
    emit(1)
    await quiet()
    const [first] = received
    expect(first?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-github-event': 'star',
      'x-github-delivery': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'x-github-hook-installation-target-id': '7',
      'x-github-hook-installation-target-type': 'integration',
      'user-agent': expect.stringMatching(/^GitHub-Hookshot\//),
    })
    const signature = String(first?.headers['x-hub-signature-256'])
    expect(await verify('a long enough secret', first?.body ?? '', signature)).toBe(true)
    expect(JSON.parse(first?.body ?? '')).toMatchObject({ installation: { id: 42 } })
  })

  it('comes in the order of emitting, and is never repeated by itself', async () => {
    status = 500
    for (let n = 0; n < 20; n += 1) emit(n)
    await quiet()
    expect(numbers()).toEqual(Array.from({ length: 20 }, (_, n) => n))
  })

  it('is made only of events that the App subscribes to, for repositories where it is installed', async () => {
    subscriptions = ['push']
    emit(1)
    subscriptions = ['star']
    emit(2)
    for (const one of state.installations) one.suspendedAt = 5
    emit(3)
    await quiet()
    expect(numbers()).toEqual([2])
  })
})

describe('modes', () => {
  it('hold keeps until released', async () => {
    webhooks.order({ mode: 'hold' })
    emit(1)
    emit(2)
    expect(webhooks.status()).toMatchObject({ held: 2, pending: 0 })
    webhooks.order({ release: true })
    await quiet()
    expect(numbers()).toEqual([1, 2])
    emit(3)
    expect(webhooks.status().held).toBe(1)
  })

  it('drop loses, double repeats under one GUID, shuffle reorders and loses none', async () => {
    webhooks.order({ mode: 'drop' })
    emit(0)
    webhooks.order({ mode: 'double' })
    emit(1)
    await quiet()
    expect(numbers()).toEqual([1, 1])
    expect(new Set(received.map(({ headers }) => headers['x-github-delivery'])).size).toBe(1)
    received.length = 0
    webhooks.order({ mode: 'shuffle' })
    for (let n = 0; n < 30; n += 1) emit(n)
    await quiet()
    const inOrder = Array.from({ length: 30 }, (_, n) => n)
    expect(numbers()).not.toEqual(inOrder)
    expect(numbers().sort((a, b) => a - b)).toEqual(inOrder)
  })
})

describe('the list of deliveries', () => {
  type Item = { readonly id: number; readonly guid: string }
  const list = async (response: Response) => (await response.json()) as readonly [Item, ...Item[]]
  const ask = async (path: string, init?: RequestInit) =>
    deliveryRoutes({ webhooks, isApp: (request) => request.headers.has('x-app') }).request(`http://sandbox${path}`, {
      headers: { 'x-app': 'yes' },
      ...init,
    })

  it('is for the App alone', async () => {
    expect((await ask('/app/hook/deliveries', { headers: {} })).status).toBe(401)
  })

  it('shows each attempt, newest first, a page at a time', async () => {
    for (let n = 0; n < 5; n += 1) emit(n)
    await quiet()
    const first = await ask('/app/hook/deliveries?per_page=3')
    const next = /<http:\/\/sandbox([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
    const second = await ask(next)
    const pages = [await list(first), await list(second)] as const
    expect(pages.map((page) => page.length)).toEqual([3, 2])
    expect(second.headers.has('link')).toBe(false)
    expect(pages[0][0]).toMatchObject({
      event: 'star',
      action: 'created',
      status: 'OK',
      status_code: 202,
      redelivery: false,
    })
    const whole = await (await ask(`/app/hook/deliveries/${pages[0][0].id}`)).json()
    expect(whole).toMatchObject({ request: { payload: { n: 4 } }, response: { payload: 'thanks' } })
  })

  it('tells failures apart, and redelivers under the same GUID', async () => {
    status = 503
    emit(1)
    await quiet()
    status = 202
    emit(2)
    await quiet()
    const failed = await list(await ask('/app/hook/deliveries?status=failure'))
    expect(failed).toMatchObject([{ status_code: 503 }])
    expect((await ask(`/app/hook/deliveries/${failed[0].id}/attempts`, { method: 'POST' })).status).toBe(202)
    await quiet()
    expect(numbers()).toEqual([1, 2, 1])
    expect(webhooks.deliveries.list()[0]).toMatchObject({
      statusCode: 202,
      envelope: { redelivery: true, guid: failed[0].guid },
    })
  })

  it('records a receiver that is away', async () => {
    webhooks.order({ url: 'http://127.0.0.1:1/' })
    emit(1)
    await quiet()
    expect(webhooks.deliveries.list()).toMatchObject([{ statusCode: 502, status: 'failed to connect to host' }])
  })
})

describe("GitHub's webhook schemas", () => {
  const examples: readonly { name: string; examples: readonly Record<string, unknown>[] }[] = JSON.parse(
    readFileSync(new URL(import.meta.resolve('@octokit/webhooks-examples')), 'utf8'),
  )
  const example = (name: string) => examples.find((one) => one.name === name)?.examples ?? []

  it('hold of real payloads', () => {
    const whole = example('push').filter((payload) => webhookViolations('push', payload).length === 0)
    expect(whole.length).toBeGreaterThan(0)
  })

  it('refuse a missing key, a wrong type and an unknown event', async () => {
    const [push] = example('push').filter((payload) => webhookViolations('push', payload).length === 0)
    expect(webhookViolations('push', { ...push, after: undefined }).join()).toContain('after')
    expect(webhookViolations('push', { ...push, commits: 'none' }).join()).toContain('/commits must be array')
    expect(webhookViolations('shove', { ...push })).toEqual(['webhook shove$event: GitHub has no such event'])
    emit(1)
    expect(violations.join('\n')).toContain('webhook star$created')
  })
})
