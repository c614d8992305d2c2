import { describe, expect, it } from 'vitest'
import { type PullGlance, seenOfBranch, seenOfPull } from '../../src/model/glance.ts'
import { isNews, type Kept, type Seen } from '../../src/model/seen.ts'

const quiet: PullGlance = {
  headSha: 'a',
  base: 'main',
  draft: false,
  mergeable: 'clean',
  reviewDecision: null,
  updatedAt: 1,
  files: 'f',
  checks: [
    { kind: 'run', id: 1, name: 'build', word: 'success' },
    { kind: 'status', id: 2, name: 'scan', word: 'success' },
  ],
  suites: [{ id: 5, finished: true }],
}
const seen = seenOfPull(quiet)
const kept: Kept = { ...seen, elsewhere: false }

describe('what a sweep passes by', () => {
  it('is a pull request that shows what it showed, in whatever order', () => {
    expect(isNews(seenOfPull({ ...quiet, checks: quiet.checks.toReversed() }), kept)).toBe(false)
  })

  it.each<readonly [string, Partial<PullGlance>]>([
    ['a push', { headSha: 'b' }],
    ['another base', { base: 'release' }],
    ['a draft', { draft: true }],
    ['a conflict', { mergeable: 'conflict' }],
    ['a decision of its reviewers', { reviewDecision: 'approved' }],
    ['a label, a title, a comment', { updatedAt: 2 }],
    ['another file in force', { files: 'g' }],
    ['a check run again', { checks: [{ kind: 'run', id: 3, name: 'build', word: 'success' }] }],
    ['a check of another mind', { checks: [{ kind: 'run', id: 1, name: 'build', word: 'failure' }] }],
    ['one check less', { checks: quiet.checks.slice(1) }],
    ['a suite that is open', { suites: [{ id: 5, finished: false }] }],
    ['a suite more', { suites: [...quiet.suites, { id: 6, finished: true }] }],
  ])('is not one with %s', (_, change) => {
    expect(isNews(seenOfPull({ ...quiet, ...change }), kept)).toBe(true)
  })

  it('is not what could not be seen, was never kept, or hangs on something elsewhere', () => {
    expect([isNews(null, kept), isNews(seen, null), isNews(seen, { ...kept, elsewhere: true })]).toEqual([
      true,
      true,
      true,
    ])
  })

  it('is one whose conflicts GitHub works out just now, until it knows of one', () => {
    const now = (mergeable: Seen['mergeable']) => isNews({ ...seen, mergeable }, { ...kept, mergeable: 'unknown' })
    expect(isNews({ ...seen, mergeable: 'unknown' }, kept)).toBe(false)
    expect([now('unknown'), now('clean'), now('conflict')]).toEqual([false, true, true])
  })

  it('is a branch at its commit, with its checks', () => {
    const branch = { sha: 'a', files: 'f', checks: quiet.checks }
    const before: Kept = { ...seenOfBranch(branch), elsewhere: false }
    expect(isNews(seenOfBranch(branch), before)).toBe(false)
    for (const change of [{ sha: 'b' }, { files: 'g' }, { checks: [] }]) {
      expect(isNews(seenOfBranch({ ...branch, ...change }), before)).toBe(true)
    }
  })
})
