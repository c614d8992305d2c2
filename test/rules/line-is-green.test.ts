import { describe, expect, test } from 'vitest'
import type { LineStanding } from '../../src/model/line-standing.ts'
import { planPull } from '../../src/plan/plan-pull.ts'
import { apply } from '../plan/apply.ts'
import { answerOf, aPull, calm, configured, gate, pullRequest, reasonOf, withReviews } from './a-pull.ts'

const red: LineStanding = {
  ...calm,
  health: {
    kind: 'red',
    since: 'v1.4.0',
    sha: 'e'.repeat(40),
    pull: { number: 8, url: 'https://github.com/acme/shop/pull/8' },
    checks: [{ name: 'build', word: 'failure', url: null }],
  },
}
const labelled = (...labels: readonly string[]) => ({ pull: pullRequest({ labels }) })
const summaryOf = (snapshot: Parameters<typeof planPull>[0]) =>
  planPull(snapshot).flatMap((effect) => (effect.kind === 'post-check' ? [effect.answer.summary] : []))[0]
const titleOf = (snapshot: Parameters<typeof planPull>[0]) =>
  planPull(snapshot).flatMap((effect) => (effect.kind === 'post-check' ? [effect.answer.title] : []))[0]

describe('a red line', () => {
  test('Q5 blocks other gates, and names since when, by what, and the way out', () => {
    const snapshot = aPull({ standing: red })
    expect([gate(snapshot), titleOf(snapshot)]).toEqual(['blocks', 'Blocked: main is red since v1.4.0'])
    expect(summaryOf(snapshot)?.split('\n').slice(0, 2)).toMatchInlineSnapshot(`
      [
        "**Next:** Run the failed checks on \`main\` again, or merge a repair: a pull request labelled \`waybill:repair\` may pass. A later green merge lifts it.",
        "**Who:** Whoever mends it, with write access",
      ]
    `)
    expect(summaryOf(snapshot)).toContain(
      '`main` is red since `v1.4.0`: [#8](https://github.com/acme/shop/pull/8) failed `build` (failure).',
    )
  })

  test('Q5 lets a repair pass, and everybody with `red-line: warn`, and says so', () => {
    const repair = aPull({ standing: red, ...labelled('waybill:repair') })
    expect([gate(repair), summaryOf(repair)]).toEqual(['passes', expect.stringContaining('labelled as its repair')])
    const warned = aPull({ standing: red, config: configured('', 'red-line: warn') })
    expect([gate(warned), summaryOf(warned)]).toEqual(['passes', expect.stringContaining('which holds nobody here')])
  })

  test('Q5 rewrites only gates that would otherwise pass', () => {
    const waiting = aPull(withReviews())
    const after = apply(waiting, planPull(waiting))
    const posts = planPull({ ...after, standing: red }).filter((effect) => effect.kind === 'post-check')
    expect(posts).toEqual([])
    expect(answerOf('line-is-green', { ...after, standing: red })).toMatchObject({
      kind: 'skips',
      note: { kind: 'line-not-asked' },
    })
  })

  test('Q5 a line whose CI never ran is no reason to hold anybody, and the answer names the missing trigger', () => {
    const unjudged = aPull({ standing: { ...calm, health: { kind: 'unjudged' } } })
    expect([gate(unjudged), summaryOf(unjudged)]).toEqual([
      'passes',
      expect.stringContaining('let the build run on `push`'),
    ])
  })

  test('a line nobody looked at yet is never passed by: its gate waits, and the look is ordered', () => {
    const snapshot = aPull({ standing: null })
    expect([gate(snapshot), reasonOf('line-is-green', snapshot)]).toEqual([
      'waits',
      { kind: 'line-unknown', branch: 'main' },
    ])
    expect(planPull(snapshot)).toContainEqual({
      kind: 'look',
      ref: { kind: 'line', repository: snapshot.ref.repository, branch: 'main' },
      at: null,
    })
    expect(planPull(aPull()).filter((effect) => effect.kind === 'look')).toEqual([])
  })

  test('concerns only the line that is released', () => {
    const config = configured('', 'into: [main, next]')
    const beside = aPull({ standing: null, config, gated: ['main', 'next'], pull: pullRequest({ base: 'next' }) })
    expect(gate(beside)).toBe('passes')
  })
})

describe('the version a pull request would become', () => {
  const released = (change: Parameters<typeof aPull>[0] = {}) =>
    aPull({ config: configured('release: {}\n'), ...change })
  const noteOf = (snapshot: Parameters<typeof planPull>[0]) =>
    summaryOf(snapshot)
      ?.split('\n')
      .find((line) => line.startsWith('**Version:**'))

  test('is shown on the gate with its reason', () => {
    expect(noteOf(released())).toMatchInlineSnapshot(
      `"**Version:** merged now it becomes \`v1.5.0\` after \`v1.4.0\`: minor, by the type of \`SHOP-7\` (\`Story\`)."`,
    )
    expect(noteOf(released(labelled('semver:major')))).toContain('`v2.0.0` after `v1.4.0`: major, by its label')
    expect(noteOf(released({ pull: pullRequest({ title: 'fix: gifts' }) }))).toContain('patch, by `fix` in its title')
    expect(noteOf(released({ issues: new Map() }))).toContain('`v1.4.1` after `v1.4.0`: patch, by default.')
    expect(noteOf(aPull())).toBeUndefined()
  })

  test('V5: the conflict of `semver:none` with another label is shown and does not block', () => {
    const snapshot = released(labelled('semver:none', 'semver:major'))
    expect([gate(snapshot), noteOf(snapshot)]).toEqual([
      'passes',
      '**Version:** none of its own, by its label `semver:none`: it travels with the next release, which names it. ⚠️ `semver:major` says otherwise and does not count: take one of the labels away.',
    ])
  })

  test('V1, V1b: the first one, none for now, or only how far it moves while nobody looked at the line', () => {
    const of = (change: Partial<LineStanding>) => noteOf(released({ standing: { ...calm, ...change } }))
    const first = { kind: 'versions', patch: 'v0.1.0', minor: 'v0.1.0', major: 'v0.1.0' } as const
    expect(of({ current: null, next: first })).toContain('becomes `v0.1.0`, the first one: minor')
    expect(of({ next: { kind: 'none', because: 'other-shape' } })).toContain('none for now: the versions on this line')
    expect(noteOf(released({ standing: null }))).toContain('becomes a minor version by the type')
  })

  test('moves a gate that passes, and no other', () => {
    const later: LineStanding = {
      ...calm,
      current: 'v1.5.0',
      next: { kind: 'versions', patch: 'v1.5.1', minor: 'v1.6.0', major: 'v2.0.0' },
    }
    const posts = (snapshot: ReturnType<typeof aPull>) => {
      const after = apply(snapshot, planPull(snapshot))
      return planPull({ ...after, standing: later }).filter((effect) => effect.kind === 'post-check').length
    }
    expect([posts(released()), posts(released(withReviews()))]).toEqual([1, 0])
  })

  test('labels and titles from outside are inert', () => {
    const config = configured('release: {bump: {labels: {"`@acme/all` <b>": major}}}\n')
    expect(noteOf(aPull({ config, ...labelled('`@acme/all` <b>') }))).not.toMatch(/@acme\/all|<b>/)
  })
})
