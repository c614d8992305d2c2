import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Check } from '../../src/model/check.ts'
import { comparisonKey } from '../../src/model/comparison.ts'
import { absent, found, type Lookup, unknown } from '../../src/model/lookup.ts'
import type { Commit, PullSnapshot, Review } from '../../src/model/pull.ts'
import { planPull } from '../../src/plan/plan-pull.ts'
import { judgePull } from '../../src/rules/judge-pull.ts'
import { explainReason } from '../../src/words/reasons.ts'
import { apply } from '../plan/apply.ts'
import {
  aPull,
  by,
  check,
  commit,
  configured,
  developer,
  gate,
  head,
  noon,
  older,
  pullRequest,
  review,
  reviewer,
  robot,
  second,
  stranger,
} from '../rules/a-pull.ts'

const account = fc.constantFrom(developer, reviewer, second, robot)
const signature = fc.oneof(
  account.map(by),
  fc.constantFrom(stranger('who@nowhere.example'), stranger('2+reviewer@users.noreply.github.com')),
)

const oneReview = fc.record({
  author: fc.option(account, { freq: 10 }),
  state: fc.constantFrom<Review['state']>(
    'approved',
    'approved',
    'approved',
    'changes_requested',
    'commented',
    'dismissed',
  ),
  sha: fc.constantFrom(head, head, head, older),
  at: fc.integer({ min: noon - 3, max: noon }),
  mayWrite: fc.boolean(),
  takenBack: fc.constantFrom(null, null, null, 'asked-again' as const, 'base-changed' as const),
})
const reviews = fc
  .array(oneReview, { maxLength: 6 })
  .map((list) => list.map((one, at) => review({ id: at + 1, ...one })))

const oneCheck = fc.record({
  name: fc.constantFrom('build', 'lint', 'test'),
  state: fc.constantFrom<Check['state']>(
    'success',
    'success',
    'success',
    'success',
    'failure',
    'skipped',
    'neutral',
    'cancelled',
    'queued',
    'unknown',
  ),
  app: fc.constantFrom({ id: 50, slug: 'github-actions' }, { id: 51, slug: 'other-ci' }),
  suiteId: fc.constantFrom(7, 8, null),
  workflowEvent: fc.constantFrom('pull_request', 'push', 'schedule', null),
})
const checks = fc
  .array(oneCheck, { maxLength: 6 })
  .map((list) => list.map(({ state, ...rest }, at) => check(state, { id: at + 1, ...rest })))

const commits = fc
  .array(
    fc.record({ author: signature, committer: fc.option(signature), coAuthors: fc.array(signature, { maxLength: 2 }) }),
    { minLength: 1, maxLength: 3 },
  )
  .map((list) => list.map((one, at) => commit({ ...one, sha: `${at}`.repeat(40) })))

const config = fc
  .constantFrom(
    '',
    'approvals: 2',
    'approvals: 0',
    'checks: [build]',
    'checks: ["*"]',
    'checks: required',
    'checks: [{name: build, app: other-ci}]',
    'checks: [], approvals: 0',
    'unknown-authors: ignore',
    'approvers: [reviewer]',
    'approvers: ["@acme/reviewers"]',
  )
  .map((merge) => configured('', merge))

const world: fc.Arbitrary<World> = fc.record({
  reviews,
  checks,
  commits,
  config,
  draft: fc.boolean(),
  mergeable: fc.constantFrom('clean' as const, 'clean' as const, 'conflict' as const, 'unknown' as const),
})

type World = {
  readonly reviews: readonly Review[]
  readonly checks: readonly Check[]
  readonly commits: readonly Commit[]
  readonly config: PullSnapshot['config']
  readonly draft: boolean
  readonly mergeable: 'clean' | 'conflict' | 'unknown'
}

function snapshotOf(one: World): PullSnapshot {
  return aPull({
    config: one.config,
    pull: pullRequest({ draft: one.draft, mergeable: one.mergeable }),
    reviews: found(one.reviews),
    checks: found({ checks: one.checks, suites: [] }),
    commits: found(one.commits),
    members: new Map([['@acme/reviewers', found([reviewer.id])]]),
  })
}

/** Most worlds of chance are held by something; these start from one that passes, and change one thing. */
const nearlyGood: fc.Arbitrary<World> = fc.record({
  reviews: fc.constant([review(), review({ id: 2, author: second })]),
  checks: fc.constant([check(), check('success', { id: 101, name: 'lint' })]),
  commits: fc.constant([commit()]),
  config,
  draft: fc.constant(false),
  mergeable: fc.constant('clean' as const),
})
const any = fc.oneof(world, nearlyGood)
const runs = { numRuns: 300 }

/** The one question that outdated approvals of these worlds raise. */
const outdated = comparisonKey({ base: pullRequest().baseSha, before: older, after: head })

test('the order of reviews, checks and commits does not matter', () => {
  fc.assert(
    fc.property(any, fc.nat(), (one, seed) => {
      const mixed = { ...one, reviews: shuffled(one.reviews, seed), checks: shuffled(one.checks, seed) }
      expect(judgePull(snapshotOf(mixed))).toEqual(judgePull(snapshotOf(one)))
      const turned = { ...one, commits: one.commits.toReversed() }
      expect(gate(snapshotOf(turned))).toBe(gate(snapshotOf(one)))
    }),
    runs,
  )
})

test("taking away a reviewer's approvals never turns no into yes", () => {
  fc.assert(
    fc.property(any, account, (one, { id }) => {
      const less = {
        ...one,
        reviews: one.reviews.filter(({ state, author }) => state !== 'approved' || author?.id !== id),
      }
      if (gate(snapshotOf(one)) !== 'passes') expect(gate(snapshotOf(less))).not.toBe('passes')
    }),
    runs,
  )
})

test('taking away a success that decides never turns no into yes', () => {
  fc.assert(
    fc.property(any, fc.nat({ max: 5 }), (one, at) => {
      const gone = one.checks[at]
      if (gone?.state !== 'success') return
      const less = { ...one, checks: one.checks.filter((_, index) => index !== at) }
      if (gate(snapshotOf(one)) !== 'passes') expect(gate(snapshotOf(less))).not.toBe('passes')
    }),
    runs,
  )
})

test('adding a failure, a change request or a commit never turns no into yes', () => {
  fc.assert(
    fc.property(any, oneCheck, account, signature, (one, { name, app, suiteId }, by, author) => {
      if (gate(snapshotOf(one)) === 'passes') return
      const red = check('failure', { id: 1000, name, app, suiteId })
      expect(gate(snapshotOf({ ...one, checks: [...one.checks, red] }))).not.toBe('passes')
      const asked = review({ id: 1000, author: by, state: 'changes_requested', at: noon + 1 })
      expect(gate(snapshotOf({ ...one, reviews: [...one.reviews, asked] }))).not.toBe('passes')
      const more = commit({ sha: 'f'.repeat(40), author })
      expect(gate(snapshotOf({ ...one, commits: [...one.commits, more] }))).not.toBe('passes')
    }),
    runs,
  )
})

test('whatever of the approvals can not be read, or one more push, never turns no into yes', () => {
  const lost = unknown('GitHub answered 502')
  fc.assert(
    fc.property(any, account, (one, by) => {
      const snapshot = snapshotOf(one)
      const push = { by, branch: 'SHOP-7-gift-cards', kind: 'push' as const, before: older, after: head, at: noon }
      expect(gate({ ...snapshot, reviews: lost })).not.toBe('passes')
      if (gate(snapshot) === 'passes') return
      expect(gate({ ...snapshot, pushes: found([push]) })).not.toBe('passes')
      expect(gate({ ...snapshot, pushes: lost })).not.toBe('passes')
      expect(gate({ ...snapshot, commits: lost })).not.toBe('passes')
      expect(gate({ ...snapshot, comparisons: new Map([[outdated, lost]]) })).not.toBe('passes')
    }),
    runs,
  )
})

test('a comparison that says changed, and one that says nothing, are never more than one that says the same', () => {
  fc.assert(
    fc.property(any, (one) => {
      const saying = (same: Lookup<boolean>) => gate({ ...snapshotOf(one), comparisons: new Map([[outdated, same]]) })
      if (saying(found(true)) === 'passes') return
      for (const less of [found(false), absent, unknown('GitHub answered 502')]) expect(saying(less)).not.toBe('passes')
    }),
    runs,
  )
})

test('whatever could not be read, or nobody knows, is waited for or a no', () => {
  const lost = unknown('GitHub answered 502')
  const blind: readonly (readonly [string, Partial<PullSnapshot>])[] = [
    ['configuration', { config: { kind: 'unknown', cause: 'GitHub answered 502' } }],
    ['commits', { commits: lost }],
    ['commits', { commits: absent }],
    ['reviews', { reviews: lost }],
    ['reviews', { reviews: absent }],
    ['issue', { issues: new Map([['SHOP-7', lost]]) }],
    ['issue', { issues: new Map([['SHOP-7', absent]]) }],
    ['mergeable', { pull: pullRequest({ mergeable: 'unknown' }) }],
    ['name', { pull: pullRequest({ branch: 'revert-7-gift-cards' }), reverts: lost }],
  ]
  const blindChecks: readonly Partial<PullSnapshot>[] = [
    { checks: lost },
    { checks: absent },
    { checks: found({ checks: [check('unknown')], suites: [] }) },
  ]
  fc.assert(
    fc.property(any, (one) => {
      const snapshot = snapshotOf(one)
      for (const [, change] of blind) expect(gate({ ...snapshot, ...change })).not.toBe('passes')
      if (one.config.kind !== 'valid') return
      const { checks: wanted } = one.config.config.merge
      if (Array.isArray(wanted) && wanted.length === 0) return
      for (const change of blindChecks) expect(gate({ ...snapshot, ...change })).not.toBe('passes')
      if (!Array.isArray(wanted)) expect(gate({ ...snapshot, required: lost })).not.toBe('passes')
    }),
    runs,
  )
})

test('a check that GitHub requires more never turns no into yes, and a forged one satisfies no App that is named', () => {
  fc.assert(
    fc.property(any, oneCheck, (one, { name, state }) => {
      const wanted = aPull().config.kind === 'valid' ? one.config : null
      const snapshot = snapshotOf(one)
      const asked = { ...snapshot, required: found([{ name, appId: null }]) }
      const isRequiredMode = wanted?.kind === 'valid' && wanted.config.merge.checks === 'required'
      // What GitHub requires is named: a nightly's run of that name counts then, as it would from a list.
      const isNightly = one.checks.some((other) => other.name === name && other.workflowEvent === 'schedule')
      if (!isRequiredMode && !isNightly && gate(snapshot) !== 'passes') expect(gate(asked)).not.toBe('passes')
      const pinned = { ...snapshot, config: configured('', 'checks: [{name: build, app: trusted-ci}]') }
      const forged = check(state, {
        kind: 'status',
        by: 'person',
        name: 'build',
        app: { id: 3, slug: 'trusted-ci' },
        id: noon,
      })
      expect(gate({ ...pinned, checks: found({ checks: [...one.checks, forged], suites: [] }) })).not.toBe('passes')
    }),
    runs,
  )
})

test('every answer that is not yes has a cause, a person and a next step', () => {
  fc.assert(
    fc.property(any, (one) => {
      const verdict = judgePull(snapshotOf(one))
      if (verdict.kind !== 'judged') throw new Error(verdict.kind)
      for (const finding of verdict.findings) {
        if (finding.kind !== 'waits' && finding.kind !== 'blocks') continue
        for (const words of Object.values(explainReason(finding.reason))) expect(words.length).toBeGreaterThan(3)
      }
    }),
    runs,
  )
})

test('planning again over the applied plan plans nothing but reports and looks at what resolves itself', () => {
  fc.assert(
    fc.property(any, (one) => {
      const first = snapshotOf(one)
      const again = planPull(apply(first, planPull(first)))
      expect(
        again.filter((effect) => effect.kind !== 'report' && effect.kind !== 'act-on-issue' && effect.kind !== 'look'),
      ).toEqual([])
    }),
    runs,
  )
})

test('the worlds of chance hold both answers', () => {
  const outcomes = new Set(fc.sample(any, { numRuns: 400, seed: 7 }).map((one) => gate(snapshotOf(one))))
  expect([...outcomes].sort()).toEqual(['blocks', 'passes', 'waits'])
})

function shuffled<T>(values: readonly T[], seed: number): readonly T[] {
  return values
    .map((value, at) => ({ value, order: Math.imul(at + 1, seed | 1) >>> 0 }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ value }) => value)
}
