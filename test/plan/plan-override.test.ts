import { describe, expect, test } from 'vitest'
import type { Account } from '../../src/model/account.ts'
import { absent, found, type Lookup, unknown } from '../../src/model/lookup.ts'
import type { PullSnapshot } from '../../src/model/pull.ts'
import type { Push } from '../../src/model/push.ts'
import type { Wish } from '../../src/model/wish.ts'
import { planPull } from '../../src/plan/plan-pull.ts'
import {
  aPull,
  by,
  commit,
  configured,
  developer,
  gate,
  head,
  noon,
  pullRequest,
  reviewer,
  robot,
  second,
  stranger,
  withReviews,
} from '../rules/a-pull.ts'

const config = configured('', 'overriders: [second, "@acme/leads"]')

function wishOf(change: Partial<Wish> = {}): Wish {
  return {
    id: 3,
    repositoryId: 77,
    pull: 12,
    commentId: 900,
    commentNodeId: 'IC_900',
    press: null,
    by: second,
    writtenAt: noon + 10_000,
    heardAt: noon + 11_000,
    state: 'accepted',
    command: { kind: 'override', reason: 'the shop is down', sha: null, base: null },
    seen: true,
    answered: false,
    ...change,
  }
}

const push = (change: Partial<Push> = {}): Push => {
  return { by: developer, branch: 'SHOP-7-gift-cards', kind: 'push', before: null, after: head, at: noon, ...change }
}

/** A pull request without an approval, on which somebody asks for an override. */
function asked(change: Partial<PullSnapshot> = {}, wish: Partial<Wish> = {}, may: Lookup<boolean> = found(true)) {
  const one = wishOf(wish)
  const overriders = new Map([[one.by.id, may]])
  return aPull({ config, ...withReviews(), pushes: found([push()]), wishes: [one], overriders, ...change })
}

/** What becomes of it: the gate's status, the audited action, the wish's end, and the answer. */
function fate(snapshot: PullSnapshot) {
  const plan = planPull(snapshot)
  return {
    gate: plan.flatMap((effect) => (effect.kind === 'post-check' ? [effect.answer.status] : []))[0],
    audited: plan.flatMap((effect) =>
      effect.kind === 'audit' ? [`${effect.entry.action} ${effect.entry.reason}`] : [],
    ),
    wish: plan.flatMap((effect) => (effect.kind === 'settle-wish' ? [effect.state] : [])),
    answer: plan.flatMap((effect) => (effect.kind === 'answer-wish' ? [effect.body.split('\n')[0]] : [])),
  }
}

describe('an override', () => {
  test('by somebody allowed, who wrote none of it, lets this head pass, marked with person and reason, audited first', () => {
    const plan = planPull(asked())
    expect(plan[0]).toMatchObject({
      kind: 'audit',
      entry: {
        key: 'override:900',
        action: 'override',
        actor: { id: second.id, login: 'second' },
        sha: head,
        reason: 'the shop is down',
        evidence: ['comment 900', 'approved: one approval is missing'],
      },
    })
    const check = plan.find((effect) => effect.kind === 'post-check')
    expect(check?.answer).toMatchObject({ status: 'success', title: 'Overridden by second: the shop is down' })
    expect(check?.answer.summary).toMatchInlineSnapshot(`
      "⚠️ **Overridden by second**, for this commit only: the shop is down

      | rule | answer | why | who | next |
      | --- | --- | --- | --- | --- |
      | Its branch names its issue | ✅ yes | The branch names \`SHOP-7\`. | | |
      | The issue is ready | ✅ yes | \`SHOP-7\` Gift cards is In Progress. | | |
      | Others approved it | ⚠️ overridden | Overridden by second for this commit: the shop is down. It lacks: No approval yet; 1 is needed. | | |
      | Its checks pass | ✅ yes | Green: \`build\`. | | |
      | It is ready for review | ✅ yes | It is not a draft. | | |
      | It merges cleanly | ✅ yes | It merges cleanly into \`main\`. | | |
      | The branch it goes into is green | ➖ not needed | Looked at when everything else is there. | | |

      <details><summary>What this rests on</summary>

      Judged: \`aaaaaaa\` into \`main\`, by \`.github/waybill.yml\` at \`c0ffee\`.

      Checks:

      - [\`build\`](https://github.com/acme/shop/runs/100) of \`github-actions\`: success

      </details>"
    `)
    expect(plan.slice(-2)).toMatchObject([
      { kind: 'answer-wish' },
      { kind: 'settle-wish', state: 'done', command: { kind: 'override', sha: head, base: 'main' } },
    ])
    expect(fate(asked()).answer).toMatchInlineSnapshot(`
      [
        "second lets \`aaaaaaa\` pass, whatever the gate still lacks: the shop is down. It holds for this commit only, and is in the audit log.",
      ]
    `)
  })

  test('X36 is for the head it was written about, not for one pushed since', () => {
    const seen = (at: number, headSeenAt: number) => asked({ pushes: found([push({ at })]), headSeenAt })
    expect(fate(seen(noon + 11_000, noon + 12_000))).toMatchObject({
      gate: 'in_progress',
      audited: ['refuse head-moved'],
      wish: ['denied'],
    })
    expect(fate(seen(noon + 10_000, noon + 12_000)).wish).toEqual(['denied'])
    expect(fate(seen(noon + 10_000, noon + 10_500)).wish).toEqual(['done'])
    expect(fate(asked({ pushes: found([]), headSeenAt: noon + 11_500 })).wish).toEqual(['denied'])
    const granted = { sha: head, base: 'main', by: { id: second.id, login: 'second' }, reason: 'the shop is down' }
    const held = { config, ...withReviews() }
    expect(gate(aPull({ ...held, override: granted }))).toBe('passes')
    expect(gate(aPull({ ...held, override: null }))).toBe('waits')
  })

  test.each<[string, Account, Partial<PullSnapshot>]>([
    ['the author', developer, {}],
    ['a committer', reviewer, { commits: found([commit({ committer: by(reviewer) })]) }],
    ['a co-author', reviewer, { commits: found([commit({ coAuthors: [by(reviewer)] })]) }],
    ['a pusher', reviewer, { pushes: found([push({ by: reviewer })]) }],
    [
      "the assignee of a bot's",
      reviewer,
      { pull: pullRequest({ author: robot, assignees: [reviewer] }), commits: found([]) },
    ],
  ])('X37 by %s is refused, whoever is allowed', (_name, asker, change) => {
    expect(fate(asked(change, { by: asker }))).toMatchObject({
      gate: 'in_progress',
      audited: ['refuse implementer-of-head'],
      wish: ['denied'],
    })
  })

  test('by nobody allowed, by a bot, or where nobody is named, is refused', () => {
    expect(fate(asked({}, {}, found(false)))).toMatchObject({ audited: ['refuse not-overrider'], wish: ['denied'] })
    expect(fate(asked({}, { by: robot }))).toMatchObject({ audited: ['refuse not-overrider'] })
    expect(fate(asked({ config: configured() }))).toMatchObject({ audited: ['refuse not-overrider'] })
  })

  test('waits while it can not be read who asks, or what they wrote', () => {
    const lost = unknown('GitHub answered 502')
    for (const snapshot of [asked({}, {}, lost), asked({ pushes: lost }), asked({ commits: lost })]) {
      expect(fate(snapshot)).toMatchObject({ gate: 'in_progress', audited: [], wish: [], answer: [] })
      expect(planPull(snapshot).at(-1)).toMatchObject({ kind: 'look', at: noon + 30_000 })
    }
  })

  test('is refused for a head whose commits GitHub does not list: waiting would bring no more of them', () => {
    expect(fate(asked({ commits: absent }))).toMatchObject({
      gate: 'in_progress',
      audited: ['refuse head-unlisted'],
      wish: ['denied'],
    })
  })

  test('A7 is a way out of a commit of nobody known; of a draft and a conflict it is none', () => {
    const unknownAuthor = asked({ commits: found([commit({ author: stranger('who@nowhere.example') })]) })
    expect(fate(unknownAuthor)).toMatchObject({ gate: 'success', wish: ['done'] })
    expect(fate(asked({ pull: pullRequest({ draft: true }) })).gate).toBe('in_progress')
    expect(fate(asked({ pull: pullRequest({ mergeable: 'conflict' }) })).gate).toBe('failure')
  })

  test('of a gate that holds because the configuration can’t be used is refused, and says why; unread, it waits', () => {
    const problems = [{ line: 1, path: '', message: 'is empty' }]
    const broken = { kind: 'broken' as const, path: '.github/waybill.yml', problems }
    const { gate: status, wish, audited, answer } = fate(asked({ config: broken }))
    expect([status, wish, audited]).toEqual(['failure', ['denied'], ['refuse config-broken']])
    expect(answer[0]).toContain("can't be used")
    expect(fate(asked({ config: { kind: 'unknown', cause: 'GitHub answered 502' } })).wish).toEqual([])
    // Who mends it is judged by the defaults, which let nobody override.
    const repair = { config: configured(), file: 'f2' }
    expect(fate(asked({ config: broken, proposal: repair }, {}, found(true))).audited[0]).toBe('refuse not-overrider')
  })

  test('of a gate that holds nothing is refused', () => {
    const passes = aPull({ config, wishes: [wishOf()], overriders: new Map([[second.id, found(true)]]) })
    expect(fate(passes)).toMatchObject({
      gate: 'success',
      audited: ['refuse nothing-held', 'gate Ready to merge'],
      wish: ['denied'],
    })
    expect(fate(asked({ pull: pullRequest({ state: 'closed' }) })).wish).toEqual(['denied'])
  })
})
