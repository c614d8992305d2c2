import { describe, expect, test } from 'vitest'
import type { Account, Signature } from '../../src/model/account.ts'
import { comparisonKey } from '../../src/model/comparison.ts'
import { historyOf } from '../../src/model/history.ts'
import type { LineCommit, LineSnapshot } from '../../src/model/line.ts'
import { absent, found, type Lookup, unknown } from '../../src/model/lookup.ts'
import type { Commit } from '../../src/model/pull.ts'
import type { Push } from '../../src/model/push.ts'
import { promoterIsNoImplementer } from '../../src/rules/promoter-is-no-implementer.ts'
import { analyst, developer, lineOf, merge, pullOf, reviewer, sha, shopConfig } from '../line-world.ts'

const by = (account: Account): Signature => ({ kind: 'account', account })
const robot: Account = { id: 90, login: 'dependabot', kind: 'bot' }
const pushed = (change: Partial<Push> = {}): Push => {
  return { by: analyst, branch: 'SHOP-1-change', kind: 'push', before: 'old', after: 'head1', at: 0, ...change }
}

/** What the rule says of the analyst promoting v1.0.0, which is all there is on the line. */
function judged(commit: LineCommit, change: Partial<LineSnapshot> = {}) {
  const line = lineOf([commit], { tags: [{ name: 'v1.0.0', sha: commit.sha }], ...change })
  const config = shopConfig()
  const history = historyOf(line, 'v{version}')
  const [version] = history.versions
  const environment = config.environments.find((one) => one.name === 'production')
  if (version === undefined || environment === undefined) throw new Error('nothing to promote')
  return promoterIsNoImplementer({
    config,
    line: { ...line, moved: [] },
    history,
    environment,
    version,
    by: analyst,
    emergency: null,
  })
}

const pushes = (...list: readonly Push[]) => ({ pushes: new Map([[analyst.id, found(list)]]) })
const denied = (as: string, at: string | null = null) => ({
  kind: 'denies',
  reason: { kind: 'implementer', as, sha: at },
})

describe('nobody promotes what they wrote', () => {
  test('E5 somebody who had no part in it may', () => {
    expect(judged(merge(1, 'success'))).toEqual({ kind: 'passes' })
    expect(judged(merge(1, 'success'), pushes(pushed({ branch: 'SHOP-2-change' })))).toEqual({ kind: 'passes' })
  })

  test('E5 X37 whoever pushed the branch is refused', () => {
    expect(judged(merge(1, 'success'), pushes(pushed()))).toMatchObject(denied('pusher'))
    expect(judged(merge(1, 'success'), pushes(pushed({ after: 'gone', kind: 'force-push' })))).toMatchObject(
      denied('pusher'),
    )
  })

  test("X37 whoever is assigned to a bot's pull request started it, or answers for it", () => {
    const pull = (author: Account) =>
      merge(1, 'success', { pull: pullOf(1, { author, commits: [], assignees: [analyst] }) })
    expect(judged(pull(robot))).toMatchObject(denied('assignee-of-bot'))
    expect(judged(pull(developer))).toEqual({ kind: 'passes' })
  })

  test.each([
    ['author', { author: by(analyst) }, 'commit-author'],
    ['committer', { committer: by(analyst) }, 'committer'],
    ['co-author', { coAuthors: [by(analyst)] }, 'co-author'],
  ] as const)('X37 the %s of a direct push is refused', (_name, change, as) => {
    expect(judged(merge(1, 'success', { pull: null, ...change }))).toMatchObject(denied(as, sha(1)))
  })

  test('X37 who wrote what somebody else merged by hand and pushed is refused', () => {
    const wrote: Commit = { ...merge(2, null), sha: 'side', author: by(analyst) }
    expect(judged(merge(1, 'success', { pull: null, brought: [wrote] }))).toMatchObject(denied('commit-author', 'side'))
  })

  test('X37 whoever pushed to the line itself is refused, whoever merged a pull request there is not', () => {
    const direct = merge(1, 'success', { pull: null })
    const push = pushed({ branch: 'main', before: 'root', after: sha(1) })
    expect(judged(direct, pushes(push))).toMatchObject(denied('pusher'))
    expect(judged(direct, pushes({ ...push, after: 'elsewhere' }))).toEqual({ kind: 'passes' })
    expect(judged(merge(1, 'success'), pushes(push))).toEqual({ kind: 'passes' })
  })

  test('E6 what they pushed and can not be read waits; where GitHub keeps no list nobody can tell', () => {
    const reading = (read: Lookup<readonly Push[]>) => ({ pushes: new Map([[analyst.id, read]]) })
    expect(judged(merge(1, 'success'), reading(unknown('GitHub answered 502')))).toEqual({
      kind: 'waits',
      reason: { kind: 'part-unreadable', login: 'analyst', cause: 'GitHub answered 502' },
    })
    expect(judged(merge(1, 'success'), { pushes: new Map() })).toMatchObject({ kind: 'waits' })
    expect(judged(merge(1, 'success'), reading(absent))).toEqual({ kind: 'passes' })
  })

  test('A31 on the line: who clicked a clean "update branch" may, of one that brought something not', () => {
    const update: Commit = {
      sha: 'head1',
      headline: "Merge branch 'main' into SHOP-1-change",
      author: by(analyst),
      committer: null,
      coAuthors: [],
      parents: ['before', 'base'],
    }
    const commit = merge(1, 'success', { pull: pullOf(1, { commits: [update] }) })
    const key = comparisonKey({ base: 'base', before: 'before', after: 'head1' })
    const seen = (same: Lookup<boolean>) => ({ ...pushes(pushed()), comparisons: new Map([[key, same]]) })
    expect(judged(commit, seen(found(true)))).toEqual({ kind: 'passes' })
    expect(judged(commit, seen(found(false)))).toMatchObject(denied('commit-author', 'head1'))
    expect(judged(commit, seen(unknown('GitHub answered 502')))).toMatchObject({ kind: 'waits' })
    expect(judged(commit, pushes(pushed()))).toMatchObject({ kind: 'waits' })
  })

  test("E5 commits that GitHub did not list may be anybody's", () => {
    expect(judged(merge(1, 'success', { pull: pullOf(1, { author: reviewer, commits: null }) }))).toMatchObject({
      reason: { kind: 'author-unknown', commits: [{ email: 'commits that GitHub did not list' }] },
    })
  })
})
