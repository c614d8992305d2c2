import { createServer, type ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createAccountClient } from '../../src/jira/account-client.ts'
import { createIssueReader } from '../../src/jira/read-issue.ts'
import { createRequest } from '../../src/jira/request.ts'
import { JiraTrouble, type Trouble } from '../../src/jira/trouble.ts'

type Answer = { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }

const json = { 'content-type': 'application/json;charset=UTF-8' }
const notThere = JSON.stringify({ errorMessages: ['Issue does not exist or you do not have permission to see it.'] })
let answer: Answer = { status: 204 }
let asked: string[] = []
const server = createServer((_, response: ServerResponse) => {
  response.writeHead(answer.status, answer.headers).end(answer.body)
})
/** Another host. */
const elsewhere = createServer((request, response) => {
  asked.push(`${request.method} with ${request.headers.authorization ?? 'nothing'}`)
  response.writeHead(200, json).end('{}')
})

let site = ''
let strange = ''
beforeAll(async () => {
  site = await listen(server)
  strange = await listen(elsewhere)
})
afterAll(() => {
  for (const one of [server, elsewhere]) one.close()
})
beforeEach(() => {
  asked = []
})

async function listen(one: typeof server): Promise<string> {
  await new Promise<void>((done) => one.listen(0, '127.0.0.1', done))
  const address = one.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `http://127.0.0.1:${address.port}`
}

const request = createRequest({ timeout: 20_000, largest: 1000 })

async function troubleOf(given: Answer): Promise<Trouble | null> {
  answer = given
  const ask = { method: 'POST', url: `${site}/rest/api/3/issue/SHOP-7`, headers: { authorization: 'Basic eA==' } }
  return request({ ...ask, body: { a: 1 } }).then(
    () => null,
    (error: unknown) => {
      if (!(error instanceof JiraTrouble)) throw error
      return error.trouble
    },
  )
}

it.each([
  ['AUTHENTICATED_FAILED', 200, '[]'],
  ['OUT, AUTHENTICATED_FAILED', 404, notThere],
  ['AUTHENTICATION_DENIED', 403, ''],
])('what Jira answers as to a stranger (%s, %i) is a refusal of the credentials', async (reason, status, body) => {
  const trouble = await troubleOf({ status, headers: { ...json, 'X-Seraph-LoginReason': reason }, body })
  expect(trouble).toMatchObject({ kind: 'answered', status: 401, absence: false })
  expect(await troubleOf({ status: 200, headers: { ...json, 'X-Seraph-LoginReason': 'OK' }, body: '{}' })).toBeNull()
})

it.each<[string, number | null]>([
  ['7', 7_000],
  ['1.5', 1_500],
  ['0', 1_000],
  ['999999999999999999999', 3_600_000],
  [`${'9'.repeat(400)}`, 3_600_000],
  ['-5', null],
  ['soon', null],
  ['Tue, 03 Feb 2026 10:00:09 GMT', 9_000],
  ['Tue, 03 Feb 2026 09:00:00 GMT', 1_000],
  ['Tue, 03 Feb 2099 10:00:00 GMT', 3_600_000],
  ['Tue, 77 Feb 2026 10:00:09 GMT', null],
])('Retry-After: %s', async (after, ms) => {
  const headers = { ...json, 'retry-after': after, date: 'Tue, 03 Feb 2026 10:00:00 GMT' }
  expect(await troubleOf({ status: 429, headers, body: '{}' })).toMatchObject({ status: 429, retryAfter: ms })
})

it.each([301, 302, 303, 307, 308])(
  'a redirect (%i) to another host is not followed: the token stays here',
  async (status) => {
    const trouble = await troubleOf({ status, headers: { location: `${strange}/rest/api/3/issue/SHOP-7` } })
    expect(trouble).toMatchObject({ kind: 'answered', status })
    expect(asked).toEqual([])
  },
)

it.each([
  ['text/html', '<html>', 'not JSON'],
  ['text/plain', '{}', 'not JSON'],
  ['application/json', '{"a":', 'cut off'],
  ['application/json', `"${'x'.repeat(2000)}"`, 'more than 1000 bytes'],
])('200 with %s and %j is no answer', async (type, body, cause) => {
  const trouble = await troubleOf({ status: 200, headers: { 'content-type': type }, body })
  expect(trouble).toMatchObject({ kind: 'lost', cause: expect.stringContaining(cause) })
})

it.each([
  [notThere, 'absent'],
  ['{"message":"null for uri: https://jira.acme.example/rest/api/3/issue/SHOP-7","status-code":404}', 'unknown'],
  ['{"errorMessages":[]}', 'unknown'],
  ['<html>Your site is not here</html>', 'unknown'],
])('404 with %s: the issue is %s', async (body, kind) => {
  answer = { status: 404, headers: json, body }
  const client = createAccountClient(request, { site, account: { email: 'a@acme.example', token: 'x' } })
  const reader = createIssueReader({ client, site, now: () => 0, refused: () => {}, seen: new Map() })
  const looked = await reader('SHOP-7')
  expect(looked.kind).toBe(kind)
  if (looked.kind === 'unknown') expect(looked.cause).toContain('check JIRA_SITE')
})
