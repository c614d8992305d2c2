import { afterEach, describe, expect, it, vi } from 'vitest'
import { callRest, NotKnownYet } from '../../src/github/call-rest.ts'
import { isWebhookEvent } from '../../src/github/delivered-events.ts'
import { runQuery } from '../../src/github/run-query.ts'
import { Failed } from '../../src/model/failure.ts'
import { briskPace, type Script, type ScriptedGithub, startScriptedGithub } from './scripted-github.ts'

let github: ScriptedGithub
let clock = 1_000_000

async function start(script: Script, pace = briskPace) {
  clock = 1_000_000
  github = await startScriptedGithub(script, () => clock, pace)
  return github.octokitFor(1)
}

afterEach(async () => {
  vi.useRealTimers()
  await github.close()
})

const read = { route: 'GET /repos/{owner}/{repo}', parameters: { owner: 'acme', repo: 'shop' } }
const write = {
  route: 'POST /repos/{owner}/{repo}/git/refs',
  parameters: { owner: 'acme', repo: 'shop', ref: 'refs/tags/v1', sha: 'a' },
}
const query = { name: 'WaybillTest', text: 'query WaybillTest { viewer { login } }', variables: {} }

async function failureOf(promise: Promise<unknown>): Promise<Failed['failure']> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof Failed)) throw new Error(`not Failed: ${String(error)}`)
  expect(error.message).not.toContain('ghs_')
  expect(JSON.stringify(error.failure)).not.toContain('ghs_')
  return error.failure
}

describe('our Octokit', () => {
  it('exchanges a token at our own address and calls as the installation', async () => {
    const octokit = await start(() => ({ body: { id: 5 } }))
    expect((await callRest(octokit, read)).data).toEqual({ id: 5 })
    await callRest(octokit, read)
    expect(github.tokens()).toBe(1)
    expect(github.calls.map((call) => call.authorization)).toEqual(['token ghs_secret1', 'token ghs_secret1'])
  })

  it('calls /app as the App', async () => {
    await start(() => ({ body: [] }))
    await callRest(await github.app(), { route: 'GET /app/installations', parameters: {} })
    expect(github.calls[0]?.authorization).toMatch(/^bearer ey/)
  })

  it('is not made anew for each delivery', async () => {
    await start(() => ({ body: {} }))
    const given: unknown[] = []
    github.probot.on('push', ({ octokit }) => void given.push(octokit))
    const payload = { installation: { id: 1 }, ref: 'refs/heads/x' }
    for (const id of ['a', 'b']) {
      const delivery = { id, name: 'push', payload }
      if (isWebhookEvent(delivery)) await github.probot.receive(delivery)
    }
    expect(given).toHaveLength(2)
    expect(given[0]).toBe(given[1])
    expect(given[0]).toBe(await github.app())
  })

  it.each([
    ['403 with retry-after', 403, { 'retry-after': '40' }, 'secondary rate limit', 40_000],
    ['429 with retry-after', 429, { 'retry-after': '7' }, 'slow down', 7000],
    ['429 at once', 429, { 'retry-after': '0' }, 'slow down', 1000],
    ['429 for ever', 429, { 'retry-after': '99999999999' }, 'slow down', 3_660_000],
    ['403 secondary without a time', 403, {}, 'You have exceeded a secondary rate limit', 60_000],
    ['429 without a time', 429, {}, 'no', 60_000],
  ])('takes %s as busy, for the whole installation and nobody else', async (_, status, headers, message, wait) => {
    const octokit = await start((_call, nth) => (nth === 1 ? { status, headers, body: { message } } : { body: {} }))
    const first = await failureOf(callRest(octokit, write))
    expect(first).toMatchObject({ kind: 'busy', until: 1_000_000 + wait })
    expect(await failureOf(callRest(await github.octokitFor(1), read))).toEqual(first)
    expect(github.calls).toHaveLength(1)
    await callRest(await github.octokitFor(2), read)
    clock += wait
    await callRest(octokit, read)
    expect(github.calls).toHaveLength(3)
  })

  it("measures a used-up hour by GitHub's clock", async () => {
    const date = new Date(5_000_000_000_000)
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '5000000090', date: date.toUTCString() }
    const octokit = await start(() => ({ status: 403, headers, body: { message: 'API rate limit exceeded' } }))
    expect(await failureOf(callRest(octokit, read))).toMatchObject({ kind: 'busy', until: 1_090_000 })
  })

  it('takes a GraphQL limit, which is a 200, as busy', async () => {
    const errors = [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }]
    const octokit = await start(() => ({ body: { data: null, errors } }))
    expect(await failureOf(runQuery(octokit, query))).toMatchObject({ kind: 'busy', until: 1_060_000 })
    await failureOf(callRest(octokit, read))
    expect(github.calls).toHaveLength(1)
  })

  it('asks whether what it read by REST has changed, and takes no as the same answer, each installation for itself', async () => {
    const headers = { etag: '"one"', 'x-ratelimit-remaining': '9' }
    const octokit = await start(({ ifNoneMatch }, nth) => {
      if (nth === 5) return { headers: { etag: '"two"' }, body: { id: 6 } }
      return ifNoneMatch === '"one"' ? { status: 304, headers, raw: '' } : { headers, body: { id: 5 } }
    })
    const first = await callRest(octokit, read)
    const again = await callRest(octokit, read)
    expect([first.data, again.data, again.data === first.data]).toEqual([{ id: 5 }, { id: 5 }, false])
    expect(again.status).toBe(200)
    await callRest(await github.octokitFor(2), read)
    await callRest(octokit, { ...read, parameters: { owner: 'acme', repo: 'other' } })
    expect((await callRest(octokit, read)).data).toEqual({ id: 6 })
    expect(github.calls.map((call) => call.ifNoneMatch)).toEqual(['', '"one"', '', '', '"one"'])
    await callRest(octokit, read)
    expect(github.calls[5]?.ifNoneMatch).toBe('"two"')
  })

  it.each([502, 503, 504])('tries reads twice more after %d', async (status) => {
    const octokit = await start((_, nth) => (nth < 3 ? { status, raw: '<html>' } : { body: { data: { ok: true } } }))
    expect((await runQuery(octokit, query)).data).toEqual({ ok: true })
    expect(github.calls).toHaveLength(3)
  })

  it('tries a read again after a lost connection, and after an answer that is cut off', async () => {
    const octokit = await start((_, nth) =>
      nth === 1 ? { fault: 'reset' } : nth === 2 ? { raw: '{"id":' } : { body: { id: 1 } },
    )
    expect((await callRest(octokit, read)).data).toEqual({ id: 1 })
  })

  it.each([
    ['a 502', { status: 502 }],
    ['a lost connection', { fault: 'reset' as const }],
    ['no answer in time', { fault: 'hang' as const }],
    ['half an answer', { raw: '{"id":' }],
    ['an answer that drips', { fault: 'drip' as const }],
    ['a page of HTML with 200', { raw: '<html>', headers: { 'content-type': 'text/html' } }],
    ['a redirect elsewhere', { status: 307, headers: { location: 'http://127.0.0.2:1/' } }],
    ['a redirect that would lose the body', { status: 302, headers: { location: '/elsewhere' } }],
    ['11 MB', { raw: JSON.stringify('x'.repeat(11_000_000)) }],
  ])('X47: never sends a write again after %s', async (_, reply) => {
    // Long enough for the token, which comes first, on a busy machine too.
    const octokit = await start(() => reply, { ...briskPace, timeout: 1000 })
    expect(await failureOf(callRest(octokit, write))).toMatchObject({ kind: 'busy', until: 1_002_000 })
    expect(github.calls).toHaveLength(1)
  })

  it('waits longer for GitHub the longer it is away, half a minute at most', async () => {
    const octokit = await start(() => ({ status: 502 }))
    const waits: number[] = []
    for (let i = 0; i < 6; i++) {
      const failure = await failureOf(callRest(octokit, write))
      if (failure.kind !== 'busy') throw new Error(failure.kind)
      waits.push(failure.until - clock)
      clock = failure.until
    }
    expect(waits).toEqual([2000, 5000, 10_000, 20_000, 30_000, 30_000])
  })

  it('F61: follows a renamed repository on the same host', async () => {
    const octokit = await start((call) =>
      call.path === '/repos/acme/shop'
        ? { status: 301, headers: { location: '/repositories/9' } }
        : { body: { id: 9 } },
    )
    expect((await callRest(octokit, read)).data).toEqual({ id: 9 })
  })

  const takesTokenBack: Script = (call) =>
    call.authorization.endsWith('ghs_secret1') && call.method !== 'GET'
      ? { status: 401, body: { message: 'Bad credentials' } }
      : { status: 201, body: { id: 3 } }

  it.each([
    ['POST /repos/{owner}/{repo}/git/refs', 'POST'],
    ['POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions', 'POST'],
    ['PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', 'PATCH'],
    ['PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', 'PATCH'],
  ])('takes a new token when GitHub took the old one back, and says %s again', async (route, method) => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const octokit = await start(takesTokenBack)
    await callRest(octokit, read)
    // A token of the last seconds may only be unknown yet: that is waited for.
    vi.setSystemTime(Date.now() + 10_000)
    const parameters = { owner: 'acme', repo: 'shop', comment_id: 1, check_run_id: 1 }
    expect((await callRest(octokit, { route, parameters })).data).toEqual({ id: 3 })
    expect(github.calls.map((call) => call.method)).toEqual(['GET', method, method])
    expect(github.tokens()).toBe(2)
  })

  it('asks once more as the App where GitHub refused that', async () => {
    await start((_, nth) => (nth === 1 ? { status: 401, body: { message: 'Bad credentials' } } : { body: [] }))
    const list = { route: 'GET /app/hook/deliveries', parameters: {} }
    expect((await callRest(await github.app(), list)).data).toEqual([])
    expect(github.calls).toHaveLength(2)
  })

  it.each([
    'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
    'POST /repos/{owner}/{repo}/check-runs',
    'POST /repos/{owner}/{repo}/deployments',
    'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
    'POST /repos/{owner}/{repo}/releases',
  ])('does not say %s again, which may have been done', async (route) => {
    const octokit = await start(takesTokenBack)
    const call = { route, parameters: { owner: 'acme', repo: 'shop', issue_number: 1, deployment_id: 1 } }
    expect(await failureOf(callRest(octokit, call))).toMatchObject({ kind: 'busy', until: 1_005_000 })
    expect(github.calls).toHaveLength(1)
    // The others of the installation go on, with the new token.
    await callRest(octokit, call)
    expect(github.tokens()).toBe(2)
  })

  it.each([
    [
      403,
      'Resource not accessible by integration',
      { 'x-accepted-github-permissions': 'contents=write; contents=write,workflows=write' },
      /contents: write, or contents: write and workflows: write/,
    ],
    [403, 'Resource not accessible by integration', {}, /Contents: write, and Workflows: write/],
    [404, 'Not Found', {}, /belongs to the installation, and give the App the permission Contents: write/],
    [403, 'This installation has been suspended', {}, /suspension/],
    [422, 'Repository rule violations found', {}, /bypass list/],
    [403, 'Repository was archived so is read-only.', {}, /unarchive/],
    [
      403,
      'the `acme` organization has an IP allow list enabled, and your IP address is not permitted',
      {},
      /allow list/,
    ],
    [403, 'Unable to create comment because issue is locked.', {}, /unlock the conversation/],
    [403, 'Base branch is blocked', {}, /permission Contents: write/],
  ])('names what is missing when %d %s', async (status, message, headers, remedy) => {
    const octokit = await start(() => ({ status, headers, body: { message } }))
    const failure = await failureOf(callRest(octokit, write))
    expect(failure).toMatchObject({ kind: 'refused', call: write.route, remedy: expect.stringMatching(remedy) })
  })

  it('tries once more what GitHub does not know yet', async () => {
    const octokit = await start((_, nth) =>
      nth === 1 ? { status: 404, body: { message: 'Not Found' } } : { status: 201, body: { id: 1 } },
    )
    expect((await callRest(octokit, write)).data).toEqual({ id: 1 })
    expect(github.calls).toHaveLength(2)
  })

  it('tries nothing once more that is made anew each time', async () => {
    const octokit = await start(() => ({ status: 404, body: { message: 'Not Found' } }))
    await expect(callRest(octokit, { ...write, route: 'POST /repos/{owner}/{repo}/check-runs' })).rejects.toThrow(
      NotKnownYet,
    )
    expect(github.calls).toHaveLength(1)
  })

  it('takes what it expects to be gone for gone when it was told so twice', async () => {
    const octokit = await start((_, nth) =>
      nth === 1 ? { status: 404, body: { message: 'Not Found' } } : { status: 201, body: { id: 1 } },
    )
    expect((await callRest(octokit, { ...write, expects: [404], lags: true })).status).toBe(201)
    expect((await callRest(octokit, { ...write, expects: [404] })).status).toBe(201)
    expect(github.calls).toHaveLength(3)
  })

  it('names a call that the other side lacks as a bug', async () => {
    const octokit = await start(() => ({ status: 501, body: { message: 'not here' } }))
    expect(await failureOf(callRest(octokit, write))).toMatchObject({ kind: 'bug' })
  })

  it('calls any other 422 a bug and shows nothing of what was sent', async () => {
    const octokit = await start(() => ({
      status: 422,
      body: { message: 'Validation Failed', errors: [{ value: 'refs/tags/v1' }] },
    }))
    const failure = await failureOf(callRest(octokit, write))
    expect(failure).toEqual({ kind: 'bug', call: write.route, cause: 'GitHub answered 422: Validation Failed' })
  })

  it('takes partial data as a failure, except on paths the caller may miss', async () => {
    const errors = [{ type: 'NOT_FOUND', path: ['repository', 'pullRequest'], message: 'no' }]
    const octokit = await start(() => ({ body: { data: { repository: { pullRequest: null } }, errors } }))
    expect(await failureOf(runQuery(octokit, query))).toMatchObject({ kind: 'refused' })
    const { missed } = await runQuery(octokit, { ...query, mayMiss: (path) => path === 'repository.pullRequest' })
    expect(missed.get('repository.pullRequest')).toBe('NOT_FOUND')
  })

  it('names the operation it sends', async () => {
    const octokit = await start(() => ({ body: { data: {} } }))
    await runQuery(octokit, query)
    expect(github.calls[0]).toMatchObject({ path: '/graphql', body: { operationName: 'WaybillTest' } })
  })

  it('logs no token', async () => {
    const octokit = await start(() => ({ status: 503 }))
    await failureOf(callRest(octokit, write))
    expect(github.logged.join('\n')).toContain('GitHub is not called for a while')
    expect(github.logged.join('\n')).not.toContain('ghs_')
  })
})
