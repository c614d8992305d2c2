import { describe, expect, test } from 'vitest'
import { unknown } from '../../src/model/lookup.ts'
import type { QueueSnapshot } from '../../src/model/merge-queue.ts'
import type { PostCheck } from '../../src/model/post-check.ts'
import { planPull } from '../../src/plan/plan-pull.ts'
import { planQueue } from '../../src/plan/plan-queue.ts'
import { aPull, check, configured, noon, withReviews } from '../rules/a-pull.ts'
import { aQueue, entry, groupSha, member } from '../rules/a-queue.ts'
import { postedAfter } from './apply.ts'

function posts(queue: QueueSnapshot): readonly PostCheck[] {
  return planQueue(queue).flatMap((effect) => (effect.kind === 'post-check' ? [effect] : []))
}

const unapproved = aQueue({
  members: new Map([
    [12, member(12)],
    [13, member(13, withReviews())],
  ]),
})

describe('the plan of a merge queue', () => {
  test('Q1 answers each group on its own head', () => {
    expect(posts(aQueue()).map(({ name, sha, answer }) => [name, sha, answer.status])).toEqual([
      ['waybill/gate', groupSha(12), 'success'],
      ['waybill/gate', groupSha(13), 'success'],
    ])
    expect(posts(aQueue({ entries: [entry(12, [check('in_progress')])] }))[0]?.answer.status).toBe('in_progress')
  })

  test('Q2 names the member that holds the group, and what to do', () => {
    const [, second] = posts(unapproved)
    expect(`${second?.answer.status}: ${second?.answer.title}\n${second?.answer.summary}`).toMatchInlineSnapshot(`
      "failure: Blocked: #13: one approval is missing
      **Next:** Review the newest commit and approve it in GitHub.
      **Who:** Anybody with write access who wrote no part of it

      A merge queue's group of #12, #13. Members are judged without their own checks; those on this commit count.

      | of | answer | why | who | next |
      | --- | --- | --- | --- | --- |
      | #12 | ✅ | | | |
      | #13 | 🕐 | No approval yet; 1 is needed. | Anybody with write access who wrote no part of it | Review the newest commit and approve it in GitHub. |
      | the group | ✅ | Green: \`build\`. | | |"
    `)
  })

  test('Q3 without groups there is nothing to write', () => {
    expect(planQueue(aQueue({ entries: [] }))).toEqual([])
    expect(planQueue(aQueue({ entries: [{ pull: 12, group: null }] }))).toEqual([])
  })

  test('Q6 a second look at the same queue writes nothing', () => {
    const plan = planQueue(unapproved)
    const entries = unapproved.entries.map(({ pull, group }) => {
      const of = plan.filter((effect) => effect.kind === 'post-check' && effect.sha === group?.sha)
      return { pull, group: group === null ? null : { ...group, posted: postedAfter([], of) } }
    })
    expect(planQueue({ ...unapproved, entries })).toEqual([])
  })

  test('Q13 in report mode the answer is neutral and says what it would do', () => {
    const reported = posts({ ...unapproved, config: configured('mode: report') })
    expect(reported.map(({ answer }) => `${answer.status} ${answer.title}`)).toEqual([
      'neutral would pass: the group is ready',
      'neutral would block: #13: one approval is missing',
    ])
  })

  test('what could not be read is asked for again, once for all groups', () => {
    const queue = aQueue({ required: unknown('GitHub answered 502') })
    expect(planQueue(queue).filter((effect) => effect.kind === 'look')).toEqual([
      { kind: 'look', ref: queue.ref, at: noon + 30_000 },
    ])
  })

  test('Q2 a pull request that no longer passes looks at the queue it is in', () => {
    const queues = [aQueue().ref]
    const looks = (snapshot: ReturnType<typeof aPull>) => planPull(snapshot).filter((effect) => effect.kind === 'look')
    expect(looks(aPull({ queues, ...withReviews() }))).toEqual([{ kind: 'look', ref: queues[0], at: null }])
    expect(looks(aPull({ queues }))).toEqual([])
  })
})
