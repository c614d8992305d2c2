import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toDocument } from '../../src/jira/to-document.ts'
import type { Report } from '../../src/model/report.ts'
import type { Story } from '../../src/model/story.ts'
import { branchReport, buildReport, deploymentReport, pullReport } from '../jira/reports.ts'
import { openPost } from '../reconcile/jira-post.ts'

let post: Awaited<ReturnType<typeof openPost>>
beforeAll(async () => {
  post = await openPost()
})
afterAll(() => post.close())

/** A change's life, as its events tell it; each step is later than the one before. */
function life(number: number): readonly Report[] {
  const common = (sequence: number) => ({ issueKeys: ['SHOP-7'], sequence })
  const build = (state: 'pending' | 'in_progress' | 'failed', sequence: number) => {
    return buildReport({ number, state }, common(sequence))
  }
  const deployed = (state: 'pending' | 'in_progress' | 'successful' | 'rolled_back', sequence: number) => {
    return deploymentReport({ number, state }, common(sequence))
  }
  return [
    branchReport({ name: `SHOP-7-${number}` }, common(1)),
    pullReport({ number }, common(2)),
    build('pending', 1),
    pullReport({ number, title: 'SHOP-7 Gift cards, better' }, common(3)),
    build('in_progress', 2),
    build('failed', 3),
    pullReport({ number, status: 'MERGED' }, common(4)),
    deployed('pending', 1),
    deployed('in_progress', 50),
    deployed('successful', 60),
    deployed('rolled_back', 70),
  ]
}

type Shown = Awaited<ReturnType<typeof post.site.shown>>

function stateOf(shown: Shown, number: number) {
  const own = (name: string, id: string) => (shown[name] ?? []).filter((one) => String(one[id]) === String(number))
  return {
    branches: (shown['branches'] ?? []).filter((one) => one['name'] === `SHOP-7-${number}`).length,
    pulls: own('pullRequests', 'id').map(({ status, title }) => ({ status, title })),
    builds: own('builds', 'buildNumber').map(({ state }) => state),
    deployments: own('deployments', 'deploymentSequenceNumber').map(({ state }) => state),
  }
}

test('whatever the order, the doubling and the delay of what happened, Jira ends in the same state', async () => {
  let number = 100
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(10), fc.boolean()), { maxLength: 25 }), async (mixed) => {
      number += 1
      const events = life(number)
      for (const [at, sendsNow] of mixed) {
        const event = events[at]
        if (event !== undefined) await post.save(event)
        if (sendsNow) await post.send()
      }
      // Everything has happened at least once, in some order; the newest of each comes last or was there before.
      for (const event of events.toReversed()) await post.save(event)
      await post.send()
      expect(stateOf(await post.site.shown('SHOP-7'), number)).toEqual({
        branches: 1,
        pulls: [{ status: 'MERGED', title: 'SHOP-7 Gift cards' }],
        builds: ['failed'],
        deployments: ['rolled_back'],
      })
    }),
    { numRuns: 15 },
  )
  expect(await post.site.violations()).toEqual([])
})

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constantFrom(
    '[~accountid:5b10]',
    '{"type":"mention"}',
    '*b* {code}',
    '@all',
    'javascript:alert(1)',
    '\u202e\u0000\ud800',
  ),
)
const span = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: hostile }),
  fc.record({ kind: fc.constant('link' as const), text: hostile, url: hostile }),
)

test('no text from outside becomes anything but text: no markup, no mention, no address that runs', () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 8 }), (spans) => {
      const story: Story = [{ kind: 'paragraph', spans }]
      const nodes = JSON.parse(JSON.stringify(toDocument(story)), (key, value: unknown) => {
        if (key === 'type') expect(['doc', 'paragraph', 'text', 'link']).toContain(value)
        if (key === 'href') expect(String(value)).toMatch(/^https?:/)
        if (key === 'text') expect(String(value)).not.toMatch(/[\p{Cc}\u202e]/u)
        return value
      })
      expect(nodes).toMatchObject({ type: 'doc', version: 1 })
    }),
    { numRuns: 300 },
  )
})
