import { describe, expect, test } from 'vitest'
import { judgePull } from '../../src/rules/judge-pull.ts'
import { aPull, configured, gate, pullRequest, reasonOf, withReviews } from './a-pull.ts'

const silent = (because: string) => ({ kind: 'silent', because })
const broken = {
  kind: 'broken',
  path: '.github/waybill.yml',
  problems: [{ line: 3, path: 'merge', message: 'is odd' }],
} as const

describe('the gate of a pull request', () => {
  test('B13 a draft waits', () => {
    const draft = aPull({ pull: pullRequest({ draft: true }) })
    expect(gate(draft)).toBe('waits')
    expect(reasonOf('ready-for-review', draft)).toEqual({ kind: 'draft' })
  })

  test('B14 mergeable unknown waits, a conflict blocks', () => {
    expect(gate(aPull({ pull: pullRequest({ mergeable: 'unknown' }) }))).toBe('waits')
    expect(gate(aPull({ pull: pullRequest({ mergeable: 'conflict' }) }))).toBe('blocks')
  })

  test.each(['closed', 'merged'] as const)('B15 a %s pull request is silent', (state) => {
    expect(judgePull(aPull({ pull: pullRequest({ state }) }))).toEqual(silent('closed'))
  })

  test('Q7 no configuration is silent', () => {
    expect(judgePull(aPull({ config: { kind: 'absent' }, gated: null }))).toEqual(silent('not-configured'))
  })

  test('Q8 a broken configuration never passes, and shows its problems', () => {
    expect(judgePull(aPull({ config: broken, gated: null }))).toEqual({
      kind: 'config-broken',
      path: broken.path,
      problems: broken.problems,
      enforced: true,
    })
  })

  test('Q9 a configuration that cannot be read waits', () => {
    expect(judgePull(aPull({ config: { kind: 'unknown', cause: 'GitHub answered 502' } }))).toEqual({
      kind: 'config-unreadable',
      cause: 'GitHub answered 502',
      enforced: true,
    })
  })

  test('a base that is not gated is silent, whatever its file says', () => {
    expect(judgePull(aPull({ pull: pullRequest({ base: 'feature' }) }))).toEqual(silent('not-gated'))
    expect(judgePull(aPull({ pull: pullRequest({ base: 'feature' }), config: broken }))).toEqual(silent('not-gated'))
    expect(judgePull(aPull({ pull: pullRequest({ base: 'feature' }), gated: null }))).toEqual(silent('not-gated'))
    expect(gate(aPull({ pull: pullRequest({ base: 'release/1' }), gated: ['main', 'release/1'] }))).toBe('passes')
  })

  test('the gate of a head is the worst over all pull requests with it, whichever is asked', () => {
    const good = aPull({ pull: pullRequest({ number: 12 }) })
    const bad = aPull({ pull: pullRequest({ number: 13 }), ...withReviews() })
    const worse = aPull({ pull: pullRequest({ number: 14, mergeable: 'conflict' }) })
    const asked = [
      judgePull({ ...good, others: [bad, worse] }),
      judgePull({ ...bad, others: [worse, good] }),
      judgePull({ ...worse, others: [good, bad] }),
    ]
    expect(asked[0]).toMatchObject({ kind: 'judged', pull: 14, alsoHeldBy: [13] })
    expect(asked[1]).toEqual(asked[0])
    expect(asked[2]).toEqual(asked[0])
  })

  test('Q19 a second pull request with the same head into a branch with a laxer file does not turn it green', () => {
    const strict = aPull({ ...withReviews() })
    const lax = aPull({
      pull: pullRequest({ number: 13, base: 'lax' }),
      gated: ['main', 'lax'],
      ...withReviews(),
      config: configured('', 'approvals: 0'),
    })
    expect(gate(lax)).toBe('passes')
    expect(gate({ ...lax, others: [strict] })).toBe('waits')
    expect(gate({ ...strict, others: [lax] })).toBe('waits')
    expect(gate({ ...lax, others: [aPull({ config: broken })] })).toBe('config-broken')
  })

  test('Q13 in report mode the verdict is the same, and holds nobody else', () => {
    const reported = aPull({ pull: pullRequest({ number: 13 }), config: configured('mode: report'), ...withReviews() })
    expect(judgePull(reported)).toMatchObject({ kind: 'judged', enforced: false })
    expect(judgePull({ ...aPull(), others: [reported] })).toMatchObject({ pull: 12, enforced: true, alsoHeldBy: [] })
    expect(gate({ ...reported, others: [aPull()] })).toBe('passes')
  })
})
