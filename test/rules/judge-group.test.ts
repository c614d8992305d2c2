import { describe, expect, test } from 'vitest'
import type { Check } from '../../src/model/check.ts'
import { found, unknown } from '../../src/model/lookup.ts'
import type { QueueEntry, QueueSnapshot } from '../../src/model/merge-queue.ts'
import type { PullSnapshot } from '../../src/model/pull.ts'
import { groupsOf, judgeGroup } from '../../src/rules/judge-group.ts'
import { check, configured, noon, review, withChecks, withReviews } from './a-pull.ts'
import { aQueue, entry, member } from './a-queue.ts'

/** The answer of each group, front first. */
function answers(snapshot: QueueSnapshot): readonly string[] {
  return groupsOf(snapshot).map((group) => {
    const verdict = judgeGroup(snapshot, group)
    return verdict.kind === 'judged' ? verdict.outcome : verdict.kind
  })
}

const second = (change: Parameters<typeof member>[1]) =>
  aQueue({
    members: new Map([
      [12, member(12)],
      [13, member(13, change)],
    ]),
  })
const running = (...checks: readonly Check[]) => aQueue({ entries: [entry(12, checks)] })

describe('a merge queue', () => {
  test('Q1 a group passes whose members pass and whose own build is green', () => {
    expect(answers(aQueue())).toEqual(['passes', 'passes'])
  })

  test('Q1 a group whose own build runs waits, whatever ran on its members; a red one is a no', () => {
    expect(answers(running(check('in_progress')))).toEqual(['waits'])
    expect(answers(running(check('failure')))).toEqual(['blocks'])
    expect(answers(running(check('cancelled')))).toEqual(['blocks'])
    expect(answers(second(withChecks(check('failure'))))).toEqual(['passes', 'passes'])
  })

  test('Q1 members are the entries from the front to the one whose commit is the head', () => {
    const queue = aQueue({ entries: [entry(12), { pull: 13, group: null }, entry(14)] })
    expect(groupsOf(queue).map((group) => group.pulls)).toEqual([[12], [12, 13, 14]])
  })

  test('Q2 a member that a person must see to is a no for every group it is in, and for no other', () => {
    expect(answers(second(withReviews()))).toEqual(['passes', 'blocks'])
    expect(answers(second(withReviews(review({ state: 'dismissed' }))))).toEqual(['passes', 'blocks'])
    const front = aQueue().members
    expect(answers(aQueue({ members: new Map([...front, [12, member(12, withReviews())]]) }))).toEqual([
      'blocks',
      'blocks',
    ])
  })

  test('what could not be read waits and is never waved through', () => {
    expect(answers(second({ reviews: unknown('GitHub answered 502') }))).toEqual(['passes', 'waits'])
    expect(answers(second({ issues: new Map([['SHOP-7', unknown('Jira answered 503')]]) }))).toEqual([
      'passes',
      'waits',
    ])
    expect(answers(aQueue({ members: new Map([[12, member(12)]]) }))).toEqual(['passes', 'waits'])
    expect(answers(aQueue({ required: unknown('GitHub answered 502') }))).toEqual(['waits', 'waits'])
    expect(answers(aQueue({ config: { kind: 'unknown', cause: 'GitHub answered 502' } }))).toEqual([
      'config-unreadable',
      'config-unreadable',
    ])
    expect(answers(aQueue({ config: configured('aprovals: 1') }))).toEqual(['config-broken', 'config-broken'])
  })

  test('Q7 a group is answered without a configuration where GitHub requires that, and nothing is said elsewhere', () => {
    const required = found([{ name: 'waybill/gate', appId: null }])
    expect(answers(aQueue({ config: { kind: 'absent' }, required }))).toEqual(['not-configured', 'not-configured'])
    expect(answers(aQueue({ config: { kind: 'absent' } }))).toEqual(['silent', 'silent'])
  })

  test('Q8 only the pull request that repairs the configuration passes the queue', () => {
    const config = configured('aprovals: 1')
    const repair = { config, proposal: { config: configured(), file: 'repaired' } }
    const of = (...members: readonly PullSnapshot[]) => {
      const entries = [12, 13].map((number) => since(entry(number), noon - 60_000))
      return answers(aQueue({ config, entries, members: new Map(members.map((one) => [one.pull.number, one])) }))
    }
    expect(of(member(12, repair), member(13, { config }))).toEqual(['passes', 'config-broken'])
    expect(of(member(12, { ...repair, ...withReviews() }), member(13, repair))).toEqual(['blocks', 'blocks'])
    expect(of(member(13, repair))).toEqual(['config-broken', 'config-broken'])
  })

  test('C15 nothing on the groups head waits until it is late, and is then a no that names merge_group', () => {
    const silent = running()
    expect(answers(silent)).toEqual(['waits'])
    const posted = [
      {
        name: 'waybill/gate' as const,
        runId: 1,
        completed: false,
        conclusion: null,
        startedAt: noon - 3_600_000,
        fingerprint: '',
      },
    ]
    const late = aQueue({
      entries: [{ pull: 12, group: { sha: 'e'.repeat(40), checks: found({ checks: [], suites: [] }), posted } }],
    })
    expect(answers(late)).toEqual(['blocks'])
    const [group] = groupsOf(late)
    const verdict = group === undefined ? null : judgeGroup(late, group)
    expect(verdict).toMatchObject({ checks: { reason: { silence: { causes: [{ event: 'merge_group' }] } } } })
  })
})

/** An entry whose group was answered first at a time (ms, UTC). */
function since({ pull, group }: QueueEntry, startedAt: number): QueueEntry {
  const run = { name: 'waybill/gate' as const, runId: 1, completed: false, conclusion: null, fingerprint: '' }
  return { pull, group: group === null ? null : { ...group, posted: [{ ...run, startedAt }] } }
}
