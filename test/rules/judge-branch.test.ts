import { describe, expect, test } from 'vitest'
import { absent } from '../../src/model/lookup.ts'
import { outcomeOf } from '../../src/model/verdict.ts'
import { judgeBranch } from '../../src/rules/judge-branch.ts'
import { aBranch, configured, robot } from './a-pull.ts'

const silent = (because: string) => ({ kind: 'silent', because })

function outcome(snapshot: ReturnType<typeof aBranch>): string {
  const verdict = judgeBranch(snapshot)
  return verdict.kind === 'judged' ? outcomeOf(verdict.findings) : verdict.kind
}

describe('a pushed branch', () => {
  test('B1 a name in shape with a good issue passes', () => {
    expect(outcome(aBranch('SHOP-7-gift-cards'))).toBe('passes')
    expect(outcome(aBranch('feature/shop-7-x'))).toBe('passes')
  })

  test('B2 a name without a key blocks; a key in the commit gives the proposal', () => {
    const verdict = judgeBranch(aBranch('gift-cards', { head: { message: 'SHOP-7 sell them' } }))
    expect(verdict).toMatchObject({
      findings: [{ kind: 'blocks', reason: { proposal: 'SHOP-7-gift-cards', onPull: false } }, { kind: 'skips' }],
    })
  })

  test('B7 a good name of an issue that is not there blocks', () => {
    expect(outcome(aBranch('SHOP-7-gift-cards', { issues: new Map([['SHOP-7', absent]]) }))).toBe('blocks')
  })

  test('B10 an exempt branch pushed by a bot passes; pushed by a person, or by nobody known, it does not', () => {
    const name = 'renovate/node-24.x'
    expect(outcome(aBranch(name, { head: { pusher: robot } }))).toBe('passes')
    expect(outcome(aBranch(name))).toBe('blocks')
    expect(outcome(aBranch(name, { head: { pusher: null } }))).toBe('blocks')
  })

  test("B11 a merge queue's branch is never judged", () => {
    expect(judgeBranch(aBranch('gh-readonly-queue/main/pr-7-abc'))).toEqual(silent('merge-queue'))
  })

  test('lines, heads on a line, branches with an open pull request and gone ones are silent', () => {
    expect(judgeBranch(aBranch('main'))).toEqual(silent('line'))
    expect(judgeBranch(aBranch('release/1', { config: configured('', 'into: [main, release/1]') }))).toEqual(
      silent('line'),
    )
    expect(judgeBranch(aBranch('gift-cards', { head: { onLine: true } }))).toEqual(silent('on-line'))
    expect(judgeBranch(aBranch('gift-cards', { head: { openPulls: [12] } }))).toEqual(silent('has-pull'))
    expect(judgeBranch(aBranch('gift-cards', { head: null }))).toEqual(silent('gone'))
    expect(judgeBranch(aBranch('gift-cards', { config: { kind: 'absent' } }))).toEqual(silent('not-configured'))
  })

  test('Q20 the same commit under a better name turns green, whichever branch is asked', () => {
    const bad = aBranch('gift-cards', { head: { siblings: [{ name: 'SHOP-7-gift-cards', hasOpenPull: false }] } })
    const good = aBranch('SHOP-7-gift-cards', { head: { siblings: [{ name: 'gift-cards', hasOpenPull: false }] } })
    expect(outcome(bad)).toBe('passes')
    expect(judgeBranch(bad)).toEqual(judgeBranch(good))
    expect(
      outcome(aBranch('gift-cards', { head: { siblings: [{ name: 'SHOP-7-gift-cards', hasOpenPull: true }] } })),
    ).toBe('blocks')
  })

  test('Q8 Q9 a broken configuration blocks, an unreadable one waits', () => {
    expect(judgeBranch(aBranch('x', { config: { kind: 'broken', path: 'p', problems: [] } }))).toMatchObject({
      kind: 'config-broken',
    })
    expect(judgeBranch(aBranch('x', { config: { kind: 'unknown', cause: '502' } }))).toMatchObject({
      kind: 'config-unreadable',
    })
  })
})
