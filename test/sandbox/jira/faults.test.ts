import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startJira } from './jira-client.ts'

let jira: Awaited<ReturnType<typeof startJira>>
beforeEach(async () => {
  jira = await startJira()
})
afterEach(() => jira.close())

const read = 'GET /rest/api/3/issue/{issueIdOrKey}'
const order = (fault: object) => jira.call('POST', '/_sandbox/faults', { body: { call: read, ...fault } })
const raw = () =>
  fetch(`${jira.url}/rest/api/3/issue/SHOP-7`, {
    headers: { authorization: `Basic ${btoa(`${jira.state.account.email}:${jira.state.account.token}`)}` },
    redirect: 'manual',
  })

describe('faults', () => {
  it.each([
    ['502', 502],
    ['503', 503],
    ['504', 504],
    ['html-500', 500],
    ['html-200', 200],
    ['401', 401],
    ['403', 403],
    ['404', 404],
    ['html-404', 404],
    ['429', 429],
    ['redirect', 302],
  ])('%s', async (fault, status) => {
    await order({ fault, seconds: 7 })
    const answer = await raw()
    expect(answer.status).toBe(status)
    expect(answer.headers.get('retry-after')).toBe(status === 429 ? '7' : null)
    expect(answer.headers.get('content-type')?.startsWith('text/html') ?? false).toBe(fault.startsWith('html'))
    await answer.body?.cancel()
    expect((await raw()).status).toBe(200)
  })

  it('reset and hang cut the connection', async () => {
    await order({ fault: 'reset' })
    await expect(raw()).rejects.toThrow('fetch failed')
    await order({ fault: 'hang', seconds: 0.05 })
    await expect(raw()).rejects.toThrow('fetch failed')
    const { body } = await jira.call('GET', '/_sandbox/requests')
    expect((body as { call: string; status: number }[]).filter((one) => one.call === read)).toMatchObject([
      { status: 0 },
      { status: 0 },
    ])
  })

  it('truncated-json is cut in the middle', async () => {
    await order({ fault: 'truncated-json' })
    await expect((await raw()).json()).rejects.toThrow(SyntaxError)
  })

  it('drip ends as empty text', async () => {
    await order({ fault: 'drip', seconds: 0.5 })
    expect((await (await raw()).text()).trim()).toBe('')
  })

  it('strike from the nth call on, so many times, and only where the issue is named', async () => {
    await order({ fault: '503', nth: 2, times: 2, issue: 'SHOP-7' })
    const statuses: number[] = []
    for (let i = 0; i < 4; i++) statuses.push((await jira.rest('GET', '/issue/SHOP-7')).status)
    expect(statuses).toEqual([200, 503, 503, 200])
    await order({ fault: '503', issue: 'SHOP-7' })
    expect((await jira.rest('GET', '/issue/SHOP-8')).status).toBe(200)
    await jira.call('DELETE', '/_sandbox/faults')
    expect((await jira.rest('GET', '/issue/SHOP-7')).status).toBe(200)
  })

  it.each([
    ['GET /rest/api/3/issue/{issueIdOrKey}', [503, 200]],
    ['GET /rest/api/3/issue/SHOP-7', [503, 503]],
    ['GET /rest/api/3/issue', [503, 503]],
    ['GET /rest/api/3/issue/*', [503, 503]],
    ['GET /rest/api/3/issue/{issueIdOrKey}/transitions', [200, 503]],
    ['GET /rest/api', [503, 503]],
    ['POST /rest/api/3/issue', [200, 200]],
  ])('%s strikes reading an issue and its transitions with %j', async (call, statuses) => {
    await order({ call, fault: '503', times: 9 })
    const read = [await jira.rest('GET', '/issue/SHOP-7'), await jira.rest('GET', '/issue/SHOP-7/transitions')]
    expect(read.map(({ status }) => status)).toEqual(statuses)
  })

  it("know the gateway's calls by Jira's own names too", async () => {
    await order({ call: 'POST /rest/builds/0.1/bulk', fault: '503' })
    expect((await jira.gateway('POST', ['builds', '/bulk'], { builds: [] })).status).toBe(503)
  })

  it('before: nothing happened; after: it happened', async () => {
    const call = 'PUT /rest/api/3/issue/{issueIdOrKey}/properties/{propertyKey}'
    const put = (name: string) => jira.rest('PUT', `/issue/SHOP-1/properties/${name}`, 1)
    await order({ call, fault: '502', phase: 'before' })
    expect((await put('one')).status).toBe(502)
    expect((await jira.rest('GET', '/issue/SHOP-1/properties/one')).status).toBe(404)
    await order({ call, fault: '502', phase: 'after' })
    expect((await put('two')).status).toBe(502)
    expect((await jira.rest('GET', '/issue/SHOP-1/properties/two')).status).toBe(200)
  })

  it('are refused when they make no sense', async () => {
    expect((await order({ fault: 'earthquake' })).status).toBe(400)
  })
})
