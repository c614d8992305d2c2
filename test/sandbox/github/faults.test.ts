import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFaults, type Faults, faultOrderSchema } from '../../../sandbox/github/faults.ts'
import { listenOn } from '../../../sandbox/github/listen-on.ts'
import { createRateLimit } from '../../../sandbox/github/rate-limit.ts'
import { createRecorder, type Recorder } from '../../../sandbox/github/recorder.ts'

let server: Awaited<ReturnType<typeof listenOn>>
let base: string
let faults: Faults
let recorder: Recorder
let counter: number

const callerOf = (request: Request) => request.headers.get('authorization') ?? ''
const answersCounter = 'GET /repos/{owner}/{repo}'

beforeEach(async () => {
  counter = 0
  recorder = createRecorder({ callerOf, now: Date.now })
  faults = createFaults({ callerOf, now: Date.now })
  const app = new Hono()
  app.use(recorder.middleware, createRateLimit({ callerOf, now: Date.now }).middleware, faults.middleware)
  app.all('/repos/:owner/:repo', (c) => {
    counter += 1
    return c.json({ counter })
  })
  app.post('/graphql', (c) => c.json({ data: { repository: { id: 'R', pullRequest: { id: 'P' } } } }))
  server = await listenOn(app, 0)
  base = server.url
})

afterEach(async () => {
  faults.close()
  await server.close()
})

function ask(by = 'waybill', method = 'GET'): Promise<Response> {
  return fetch(`${base}/repos/acme/shop`, { method, headers: { authorization: by } })
}

function query(text: string): Promise<Response> {
  const headers = { authorization: 'waybill', 'content-type': 'application/json' }
  return fetch(`${base}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query: text }) })
}

function order(fault: string, rest: object = {}) {
  return faults.order(faultOrderSchema.parse({ call: answersCounter, fault, ...rest }))
}

/** Waits until so many faults were done to somebody. */
const hasStruck = (many: number) =>
  expect.poll(() => faults.list().reduce((sum, { struck }) => sum + struck, 0)).toBe(many)

describe('a fault', () => {
  it.each([
    ['502', 502, 'Server Error'],
    ['503', 503, 'Server Error'],
    ['504', 504, 'Server Error'],
    ['html-500', 500, '<html>'],
    ['401', 401, 'Bad credentials'],
    ['404-once', 404, 'Not Found'],
    ['secondary-limit', 403, 'secondary rate limit'],
    ['429', 429, 'secondary rate limit'],
  ])('%s answers %i once', async (fault, status, text) => {
    order(fault)
    const struck = await ask()
    expect(struck.status).toBe(status)
    expect(await struck.text()).toContain(text)
    expect((await ask()).status).toBe(200)
    expect(counter).toBe(1)
  })

  it('strikes before or after it happened', async () => {
    order('502', { phase: 'before' })
    await ask()
    expect(counter).toBe(0)
    order('502', { phase: 'after' })
    expect((await ask()).status).toBe(502)
    expect(counter).toBe(1)
  })

  it('strikes from the nth call on, as often as told, and only its caller', async () => {
    order('503', { nth: 2, times: 2 })
    const statuses = [await ask(), await ask('ci'), await ask(), await ask(), await ask()].map(({ status }) => status)
    expect(statuses).toEqual([200, 200, 503, 503, 200])
    expect(faults.list()).toMatchObject([{ seen: 4, struck: 2 }])
  })

  it('tells limits as GitHub does', async () => {
    order('secondary-limit-retry-after', { seconds: 7 })
    expect((await ask()).headers.get('retry-after')).toBe('7')
    order('secondary-limit')
    expect((await ask()).headers.has('retry-after')).toBe(false)
    order('remaining-0', { seconds: 5, phase: 'after' })
    const spent = await ask()
    expect(spent.status).toBe(403)
    expect(spent.headers.get('x-ratelimit-remaining')).toBe('0')
    expect(Number(spent.headers.get('x-ratelimit-reset'))).toBeLessThan(Date.now() / 1000 + 7)
  })

  it.each(['before', 'after'])('resets the connection %s', async (phase) => {
    order('reset', { phase })
    await expect(ask()).rejects.toThrow()
    expect(counter).toBe(phase === 'after' ? 1 : 0)
    expect(recorder.requests()).toMatchObject([{ status: 0 }])
  })

  it('hangs until its time is over, the caller leaves, or the sandbox closes', async () => {
    order('hang', { seconds: 0.01 })
    await expect(ask()).rejects.toThrow()
    order('hang')
    const leaving = new AbortController()
    const headers = { authorization: 'waybill' }
    const left = expect(fetch(`${base}/repos/acme/shop`, { headers, signal: leaving.signal })).rejects.toThrow()
    await hasStruck(2)
    leaving.abort()
    await left
    order('hang')
    const hanging = expect(ask()).rejects.toThrow()
    await hasStruck(3)
    faults.close()
    await hanging
  })

  it('repeats the answer before', async () => {
    await ask()
    order('stale')
    expect(await (await ask()).json()).toEqual({ counter: 1 })
    expect(await (await ask()).json()).toEqual({ counter: 2 })
  })

  it('cuts JSON in the middle', async () => {
    order('truncated-json')
    const cut = await ask()
    expect(cut.status).toBe(200)
    await expect(cut.json()).rejects.toThrow()
  })

  it('redirects to the same place', async () => {
    order('redirect')
    expect(await (await ask()).json()).toEqual({ counter: 1 })
    expect(recorder.requests().map(({ status }) => status)).toEqual([301, 200])
  })

  it('of GraphQL is an answer 200 with errors', async () => {
    order('graphql-rate-limited', { call: 'POST /graphql' })
    expect(await (await query('query One { viewer { id } }')).json()).toMatchObject({
      errors: [{ type: 'RATE_LIMITED' }],
    })
    order('graphql-partial', { call: 'POST /graphql Two' })
    expect(await (await query('query One { viewer { id } }')).json()).not.toHaveProperty('errors')
    expect(await (await query('query Two { viewer { id } }')).json()).toMatchObject({
      data: { repository: { id: 'R', pullRequest: null } },
      errors: [{ path: ['repository', 'pullRequest'] }],
    })
  })

  it('that is unknown, or does not fit its call, is refused', () => {
    expect(() => order('earthquake')).toThrow()
    expect(() => order('graphql-partial')).toThrow()
  })
})

describe('the recorder', () => {
  it('names calls by their templates, and callers by their tokens', async () => {
    await ask('ci')
    await query('query ReadPull($n: Int!) { viewer { id } }')
    await query('{ viewer { id } }')
    expect(recorder.requests('waybill').map(({ call }) => call)).toEqual(['POST /graphql ReadPull', 'POST /graphql'])
    expect(recorder.requests('ci')).toMatchObject([{ by: 'ci', call: answersCounter, status: 200 }])
    recorder.clear()
    expect(recorder.requests()).toEqual([])
  })
})

describe('the rate limit', () => {
  it('counts each caller and pool apart, and refuses what goes beyond', async () => {
    const limit = createRateLimit({ callerOf, now: () => 1_000_000, limit: 2 })
    const app = new Hono()
      .use(limit.middleware)
      .get('/user', (c) => c.json({}))
      .post('/graphql', (c) => c.json({}))
    const get = (by: string) => app.request('/user', { headers: { authorization: by } })
    expect((await get('a')).headers.get('x-ratelimit-remaining')).toBe('1')
    expect((await get('b')).headers.get('x-ratelimit-remaining')).toBe('1')
    expect((await get('a')).status).toBe(200)
    const refused = await get('a')
    expect(refused.status).toBe(403)
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0')
    expect(refused.headers.get('x-ratelimit-reset')).toBe('4600')
    const other = await app.request('/graphql', { method: 'POST', headers: { authorization: 'a' } })
    expect(other.headers.get('x-ratelimit-resource')).toBe('graphql')
    expect(other.headers.get('x-ratelimit-remaining')).toBe('1')
  })
})
