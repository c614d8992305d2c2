import { expect, it } from 'vitest'
import { createPanels } from '../../src/jira/panels.ts'
import { JiraTrouble } from '../../src/jira/trouble.ts'
import { buildReport, deploymentReport } from './reports.ts'

const now = () => 0
const fails = (status: number, perIssue = false) =>
  new JiraTrouble({ kind: 'answered', status, message: '', json: true, absence: false, retryAfter: null, perIssue })

/** Jira that fails at every request that holds what `at` says, and how often it was asked. */
function jira(at: (body: string, url: string) => JiraTrouble | null) {
  let asked = 0
  const client = {
    sendRequest: async <T>({ body, url }: { readonly body?: unknown; readonly url: string }): Promise<T> => {
      asked += 1
      const trouble = at(JSON.stringify(body), url)
      if (trouble !== null) throw trouble
      return JSON.parse('{}')
    },
  }
  return { send: createPanels({ client, now }), asked: () => asked }
}

const builds = (count: number, issueKeys?: readonly string[]) =>
  Array.from({ length: count }, (_, number) => buildReport({ number }, issueKeys === undefined ? {} : { issueKeys }))
const kinds = (graded: readonly { readonly grade: { readonly kind: string } }[]) =>
  Object.fromEntries([...Map.groupBy(graded, ({ grade }) => grade.kind)].map(([kind, some]) => [kind, some.length]))

it('one report that Jira always fails at is found, waits by itself, and holds no other up', async () => {
  const { send, asked } = jira((body) => (body.includes('"buildNumber":77,') ? fails(500) : null))
  const { graded, away } = await send(builds(100))
  expect(away).toBeNull()
  expect(kinds(graded)).toEqual({ reported: 99, kept: 1 })
  expect(graded.find(({ grade }) => grade.kind === 'kept')?.key).toMatch(/:77$/)
  expect(asked()).toBeLessThanOrEqual(15)
})

it('an API that fails while another answers holds up its own reports only, and is asked little', async () => {
  const { send, asked } = jira((_, url) => (url.includes('builds') ? fails(503) : null))
  const { graded, away } = await send([...builds(60), deploymentReport()])
  expect(away).toBeNull()
  expect(kinds(graded)).toEqual({ reported: 1, kept: 60 })
  expect(asked()).toBeLessThanOrEqual(4)
})

it('where everything fails Jira is away, after a few calls', async () => {
  const { send, asked } = jira(() => fails(503))
  const { graded, away } = await send([...builds(100), deploymentReport()])
  expect([kinds(graded), away?.until, asked()]).toEqual([{ kept: 101 }, 30_000, 2])
  const alone = jira(() => fails(500))
  expect((await alone.send(builds(100))).away).not.toBeNull()
  expect(alone.asked()).toBe(3)
})

it('a hundred reports of one issue that is over its limit wait after one call', async () => {
  const { send, asked } = jira(() => fails(429, true))
  const { graded, away } = await send(builds(100, ['SHOP-3']))
  expect([kinds(graded), away, asked()]).toEqual([{ kept: 100 }, null, 1])
})
