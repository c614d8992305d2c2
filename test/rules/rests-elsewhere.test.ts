import { describe, expect, it } from 'vitest'
import { absent, found, unknown } from '../../src/model/lookup.ts'
import type { PullSnapshot } from '../../src/model/pull.ts'
import { judgePull } from '../../src/rules/judge-pull.ts'
import { restsElsewhere } from '../../src/rules/rests-elsewhere.ts'
import { aPull, commit, issue, pullRequest, review, stranger } from './a-pull.ts'

const cases: readonly (readonly [string, Partial<PullSnapshot>, boolean])[] = [
  ['all is well', {}, false],
  ['nobody approved', { reviews: found([]) }, false],
  ['a draft', { pull: pullRequest({ draft: true }) }, false],
  ['a conflict', { pull: pullRequest({ mergeable: 'conflict' }) }, false],
  ['GitHub works out conflicts', { pull: pullRequest({ mergeable: 'unknown' }) }, true],
  ['there is no such issue', { issues: new Map([['SHOP-7', absent]]) }, true],
  ['the issue is done', { issues: new Map([['SHOP-7', found(issue({ done: true }))]]) }, true],
  ['Jira is away', { issues: new Map([['SHOP-7', unknown('502')]]) }, true],
  [
    'Jira is away, and it was found good before',
    { issues: new Map([['SHOP-7', unknown('502')]]), verified: new Map([['SHOP-7', 1]]) },
    true,
  ],
  ['who approved may not write yet', { reviews: found([review({ mayWrite: false })]) }, true],
  [
    'a commit whose e-mail may be added to an account',
    { commits: found([commit({ author: stranger('old@nowhere.example') })]) },
    true,
  ],
  ['the line is not known', { standing: null }, true],
]

describe('an answer that may become another one by itself', () => {
  it.each(cases)('%s', (_, change, elsewhere) => {
    expect(restsElsewhere(judgePull(aPull(change)))).toBe(elsewhere)
  })

  it('is one whose configuration could not be read, and none that says nothing', () => {
    expect(restsElsewhere(judgePull(aPull({ config: { kind: 'unknown', cause: 'x' } })))).toBe(true)
    expect(restsElsewhere(judgePull(aPull({ pull: pullRequest({ state: 'closed' }) })))).toBe(false)
  })
})
