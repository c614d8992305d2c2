import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { found } from '../../src/model/lookup.ts'
import type { PastPull } from '../../src/model/past-pull.ts'
import type { LineRef } from '../../src/model/ref.ts'
import { backfill, type Progress } from '../../src/reconcile/backfill.ts'
import type { Eyes } from '../../src/reconcile/eyes.ts'
import { bulk } from '../jira/jira-site.ts'
import { pullReport } from '../jira/reports.ts'
import { lineOf } from '../line-world.ts'
import { only } from '../only.ts'
import { openPost, shop } from './jira-post.ts'

let post: Awaited<ReturnType<typeof openPost>>
beforeAll(async () => {
  post = await openPost()
})
afterAll(() => post.close())
afterEach(async () => {
  await post.site.calm()
  expect(await post.site.violations()).toEqual([])
})

const line: LineRef = { kind: 'line', repository: shop, branch: 'main' }

/** Three pages of two merged pull requests each. */
const pages = new Map<string | null, { readonly numbers: readonly number[]; readonly next: string | null }>([
  [null, { numbers: [60, 59], next: 'two' }],
  ['two', { numbers: [58, 57], next: 'three' }],
  ['three', { numbers: [56, 55], next: null }],
])

const past = (number: number): PastPull => ({
  number,
  title: `Change ${number}`,
  url: `https://github.com/acme/shop/pull/${number}`,
  status: 'MERGED',
  author: 'ada',
  branch: `SHOP-7-${number}`,
  base: 'main',
  updatedAt: number,
})

/** One run of a repository's backfill; `since` tells it from the others. */
async function run(since: number, tell: (progress: Progress) => void = () => {}) {
  const asked: (string | null)[] = []
  const paused: number[] = []
  const { issues, memory, now } = post.world()
  // GitHub, as far as a backfill asks it.
  const code = only<Eyes['code']>({
    readLine: async () => found(lineOf([])),
    readSealed: async () => true,
    listRefs: async () => [],
    listPastPulls: async (_: unknown, after: string | null) => {
      asked.push(after)
      const { numbers, next } = pages.get(after) ?? { numbers: [], next: null }
      return { pulls: numbers.map(past), next, total: 6 }
    },
  })
  const pause = async (ms: number) => {
    paused.push(ms)
    post.site.clock.now += ms
  }
  const told = backfill({ eyes: { code, issues, memory, now }, post: post.world(), line, since, pause, tell })
  return { told: await told.catch(String), asked, paused }
}

const shownPulls = async () => ((await post.site.shown('SHOP-7'))['pullRequests'] ?? []).map(({ id }) => id).toSorted()

it('waits as long as Jira says, and goes on', async () => {
  await post.site.fault({ call: bulk('devinfo'), fault: '429', seconds: 40 })
  // One of the second page was touched before that: it is the last page.
  const { told, asked, paused } = await run(58)
  expect([told, asked, paused]).toEqual([3, [null, 'two'], [40_000]])
  expect(await shownPulls()).toEqual(['58', '59', '60'])
})

it('what was told with its reviewers keeps them', async () => {
  const reviewers = [{ name: 'grace', approved: true }]
  await post.save(
    pullReport({ number: 60, status: 'MERGED', branch: 'SHOP-7-60', updatedAt: 60, reviewers }, { sequence: 60 }),
  )
  expect(await run(59)).toMatchObject({ told: 0 })
  const shown = ((await post.site.shown('SHOP-7'))['pullRequests'] ?? []).find(({ id }) => id === '60')
  expect(shown).toMatchObject({ reviewers: [{ name: 'grace', approvalStatus: 'APPROVED' }] })
})

it('interrupted, it goes on with the page it was at; at its end it tells nothing again', async () => {
  let steps = 0
  const interrupted = await run(1, ({ kind }) => {
    steps += 1
    // The line, then two pages.
    if (kind === 'step' && steps === 3) throw new Error('killed')
  })
  expect(interrupted).toMatchObject({ told: 'Error: killed', asked: [null, 'two'] })
  expect(await run(1)).toMatchObject({ told: 2, asked: ['two', 'three'] })
  expect(await shownPulls()).toEqual(['55', '56', '57', '58', '59', '60'])
  expect(await run(1)).toMatchObject({ told: 0, asked: [] })
})
