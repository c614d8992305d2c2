import { describe, expect, test } from 'vitest'
import type { Account } from '../../src/model/account.ts'
import { comparisonKey } from '../../src/model/comparison.ts'
import type { ConfigRead } from '../../src/model/config-read.ts'
import type { Config } from '../../src/model/config-schema.ts'
import { absent, found, type Lookup, unknown } from '../../src/model/lookup.ts'
import { emailsToFind, parseMailmap, withMailmap } from '../../src/model/mailmap.ts'
import type { Review } from '../../src/model/pull.ts'
import type { Push } from '../../src/model/push.ts'
import { reviewsIn, type TimelineItem } from '../../src/model/timeline.ts'
import { questionsAboutApprovals } from '../../src/rules/approved.ts'
import { resolvesItself } from '../../src/rules/resolves-itself.ts'
import {
  answerOf,
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
  reasonOf,
  review,
  reviewer,
  robot,
  second,
  stranger,
  withReviews,
} from './a-pull.ts'

/** The base's tip in `aPull`, and the question whether the older head has the same change as the head. */
const base = 'd'.repeat(40)
const moved = { base, before: older, after: head }

const said = (change: Partial<Review> = {}): TimelineItem => ({ kind: 'review', review: review(change) })
const happened = (...items: readonly TimelineItem[]) => withReviews(...reviewsIn(items, 'main'))

function configOf(read: ConfigRead): Config {
  if (read.kind !== 'valid') throw new Error(read.kind)
  return read.config
}

const uncounted = (snapshot: ReturnType<typeof aPull>) => reasonOf('approved', snapshot)

describe('approvals of a pull request', () => {
  test('A1 one approval on the head by somebody else passes', () => {
    expect(gate(aPull())).toBe('passes')
  })

  test('A2 no review waits, and says how many are missing and who may give them', () => {
    expect(gate(aPull(withReviews()))).toBe('waits')
    expect(uncounted(aPull(withReviews()))).toEqual({
      kind: 'approvals-missing',
      wanted: 1,
      given: [],
      approvers: 'write-access',
      uncounted: [],
      nobody: [],
      canBe: true,
    })
  })

  test('A3 an approval by the author does not count', () => {
    expect(uncounted(aPull(withReviews(review({ author: developer }))))).toMatchObject({
      uncounted: [{ login: 'developer', because: 'author' }],
    })
  })

  test('A4 an approval by the author of a commit does not count, and names the commit', () => {
    const snapshot = aPull({ commits: found([commit(), commit({ sha: older, author: by(reviewer) })]) })
    expect(gate(snapshot)).toBe('waits')
    expect(uncounted(snapshot)).toMatchObject({
      uncounted: [{ login: 'reviewer', because: 'commit-author', sha: older }],
    })
  })

  test('A5 an approval by the committer of a commit does not count', () => {
    const snapshot = aPull({ commits: found([commit({ committer: by(reviewer) })]) })
    expect(uncounted(snapshot)).toMatchObject({ uncounted: [{ login: 'reviewer', because: 'committer', sha: head }] })
  })

  test('A6 an approval by a co-author does not count', () => {
    const snapshot = aPull({ commits: found([commit({ coAuthors: [by(reviewer)] })]) })
    expect(gate(snapshot)).toBe('waits')
    expect(uncounted(snapshot)).toMatchObject({ uncounted: [{ because: 'co-author' }] })
  })

  test('A7 a commit of an unknown e-mail waits, and passes with unknown-authors: ignore, saying so', () => {
    const commits = found([commit({ author: stranger('who@nowhere.example') })])
    expect(reasonOf('approved', aPull({ commits }))).toEqual({
      kind: 'author-unknown',
      commits: [{ sha: head, email: 'who@nowhere.example' }],
    })
    expect(gate(aPull({ commits }))).toBe('waits')
    const ignoring = aPull({ commits, config: configured('', 'unknown-authors: ignore') })
    expect(gate(ignoring)).toBe('passes')
    expect(answerOf('approved', ignoring)).toMatchObject({ note: { unknown: [{ email: 'who@nowhere.example' }] } })
  })

  test('A8 an approval of an older head is outdated', () => {
    const snapshot = aPull(withReviews(review({ sha: older })))
    expect(gate(snapshot)).toBe('waits')
    expect(uncounted(snapshot)).toMatchObject({ uncounted: [{ because: 'outdated', sha: older }] })
  })

  const since = (same: Lookup<boolean>) => ({ comparisons: new Map([[comparisonKey(moved), same]]) })

  test.each([
    ['A9 a clean merge of the base', commit({ committer: null, parents: [older, base] })],
    ['A11 a rebase that leaves the patch as it was', commit()],
  ])('%s keeps an approval given before it', (_name, last) => {
    const facts = { ...withReviews(review({ sha: older })), commits: found([commit({ sha: older }), last]) }
    expect(gate(aPull({ ...facts, ...since(found(true)) }))).toBe('passes')
  })

  test('A10 a merge that also edits outdates the approval', () => {
    const merge = commit({ committer: null, parents: [older, base] })
    const facts = { ...withReviews(review({ sha: older })), commits: found([commit({ sha: older }), merge]) }
    const snapshot = aPull({ ...facts, ...since(found(false)) })
    expect(gate(snapshot)).toBe('waits')
    expect(uncounted(snapshot)).toMatchObject({ uncounted: [{ because: 'outdated', sha: older }] })
    expect(gate(aPull({ ...facts, ...since(absent) }))).toBe('waits')
  })

  test('A9 to A11: only what would decide is asked, and what could not be read waits', () => {
    const config = configOf(configured())
    const outdated = aPull({ ...withReviews(review({ sha: older })), pushes: null })
    expect(questionsAboutApprovals(outdated, config)).toEqual([{ kind: 'comparison', comparison: moved }])
    expect(questionsAboutApprovals(aPull({ pushes: null }), config)).toEqual([{ kind: 'pushes' }])
    expect(questionsAboutApprovals(aPull(), config)).toEqual([])
    const worthless = review({ sha: older, mayWrite: false })
    expect(questionsAboutApprovals(aPull({ ...withReviews(worthless), pushes: null }), config)).toEqual([])
    expect(reasonOf('approved', { ...outdated, ...since(unknown('GitHub answered 502')) })).toEqual({
      kind: 'commits-unreadable',
      cause: 'GitHub answered 502',
    })
  })

  test('A7 more commits than GitHub lists wait for the author, and not for another look', () => {
    const many = aPull({ commits: absent })
    expect(gate(many)).toBe('waits')
    expect(reasonOf('approved', many)).toEqual({ kind: 'commits-unlisted' })
    expect(reasonOf('branch-names-issue', many)).toEqual({ kind: 'commits-unlisted' })
    expect(resolvesItself({ kind: 'commits-unlisted' })).toBe(false)
    expect(gate(aPull({ commits: absent, config: configured('', 'approvals: 0, one-issue: false') }))).toBe('passes')
  })

  test('A12 another base branch takes back what was approved before', () => {
    const changed = { kind: 'base-changed', from: 'develop' } as const
    expect(gate(aPull(happened(said(), changed)))).toBe('waits')
    expect(uncounted(aPull(happened(said(), changed)))).toMatchObject({ uncounted: [{ because: 'base-changed' }] })
    expect(gate(aPull(happened(changed, said())))).toBe('passes')
    // There and back again: it was approved for the branch it goes into now.
    expect(gate(aPull(happened(said(), { kind: 'base-changed', from: 'main' }, changed)))).toBe('passes')
  })

  test('A19 asking a reviewer again takes back what they approved, until they approve again', () => {
    const asked = { kind: 'asked', reviewerId: reviewer.id } as const
    expect(gate(aPull(happened(asked, said())))).toBe('passes')
    const again = aPull(happened(said(), asked))
    expect(gate(again)).toBe('waits')
    expect(uncounted(again)).toMatchObject({ uncounted: [{ because: 'asked-again' }] })
    expect(gate(aPull(happened(said(), asked, said({ id: 12, state: 'commented', at: noon + 1 }))))).toBe('waits')
    expect(gate(aPull(happened(said(), asked, said({ id: 12, at: noon + 1 }))))).toBe('passes')
    expect(gate(aPull(happened(said(), { kind: 'asked', reviewerId: second.id })))).toBe('passes')
    expect(gate(aPull(happened(said({ state: 'changes_requested' }), asked)))).toBe('blocks')
  })

  test('an approval of a commit GitHub no longer has does not count', () => {
    expect(uncounted(aPull(withReviews(review({ sha: null }))))).toMatchObject({
      uncounted: [{ because: 'outdated', sha: null }],
    })
  })

  test('A13 a later comment takes nothing back', () => {
    expect(gate(aPull(withReviews(review(), review({ id: 12, state: 'commented', at: noon + 1 }))))).toBe('passes')
  })

  test('A14 a dismissed approval is gone', () => {
    expect(gate(aPull(withReviews(review({ state: 'dismissed' }))))).toBe('waits')
  })

  test('A15 a dismissed approval does not fall back to an earlier one', () => {
    const gone = { kind: 'dismissed', reviewId: 12 } as const
    expect(gate(aPull(happened(said(), said({ id: 12, at: noon + 1 }), gone)))).toBe('waits')
    expect(gate(aPull(withReviews(review(), review({ id: 12, state: 'dismissed', at: noon + 1 }))))).toBe('waits')
  })

  test('A16 a change request blocks beside an approval, and names who asked', () => {
    const snapshot = aPull(withReviews(review(), review({ id: 12, author: second, state: 'changes_requested' })))
    expect(gate(snapshot)).toBe('blocks')
    expect(reasonOf('approved', snapshot)).toEqual({ kind: 'changes-requested', by: ['second'] })
  })

  test('A17 an approval by the same reviewer lifts a change request', () => {
    expect(gate(aPull(withReviews(review({ id: 10, state: 'changes_requested', at: noon - 1 }), review())))).toBe(
      'passes',
    )
  })

  test('A18 a dismissed change request blocks nothing', () => {
    expect(gate(aPull(withReviews(review({ id: 10, author: second, state: 'dismissed' }), review())))).toBe('passes')
  })

  test('A20 a bot never approves', () => {
    expect(uncounted(aPull(withReviews(review({ author: robot }))))).toMatchObject({ uncounted: [{ because: 'bot' }] })
  })

  test('A21 two approvals by one reviewer are one', () => {
    const snapshot = aPull({
      ...withReviews(review(), review({ id: 12, at: noon + 1 })),
      config: configured('', 'approvals: 2'),
    })
    expect(uncounted(snapshot)).toMatchObject({ wanted: 2, given: ['reviewer'] })
  })

  test('A22 only a member of the team approves', () => {
    const config = configured('', 'approvers: ["@acme/reviewers"]')
    expect(gate(aPull({ config, members: new Map([['@acme/reviewers', found([reviewer.id])]]) }))).toBe('passes')
    const outside = aPull({ config, members: new Map([['@acme/reviewers', found([second.id])]]) })
    expect(gate(outside)).toBe('waits')
    expect(uncounted(outside)).toMatchObject({
      approvers: '@acme/reviewers',
      uncounted: [{ because: 'not-an-approver' }],
    })
  })

  test('A22 a listed user approves, in whatever case the login is written', () => {
    expect(gate(aPull({ config: configured('', 'approvers: [Reviewer]') }))).toBe('passes')
    expect(gate(aPull({ config: configured('', 'approvers: [second]') }))).toBe('waits')
    expect(gate(aPull({ config: configured('', 'approvers: nobody') }))).toBe('waits')
  })

  test('A23 whom GitHub does not know among the approvers is named', () => {
    const config = configured('', 'approvers: [ghost]')
    expect(uncounted(aPull({ config, noApprovers: ['ghost'] }))).toMatchObject({ nobody: ['ghost'] })
  })

  test.each([
    ['approvers: [developer]', false],
    ['approvers: [developer, ghost]', false],
    ['approvers: [developer, second]', true],
    ['approvals: 2, approvers: [developer, second]', false],
    ['approvers: [developer, "@acme/reviewers"]', true],
    ['approvals: 2', true],
  ])('A2 %s: whether enough of the approvers are left, who wrote no part of it, is told: %s', (merge, canBe) => {
    const members = new Map([...aPull().members, ['ghost', absent], ['@acme/reviewers', found([])]])
    const snapshot = aPull({ config: configured('', merge), members, ...withReviews() })
    expect(uncounted(snapshot)).toMatchObject({ kind: 'approvals-missing', canBe })
  })

  test('A23 a team that does not exist waits and is named', () => {
    const snapshot = aPull({
      config: configured('', 'approvers: ["@acme/ghosts"]'),
      members: new Map([['@acme/ghosts', absent]]),
    })
    expect(gate(snapshot)).toBe('waits')
    expect(reasonOf('approved', snapshot)).toMatchObject({ kind: 'team-unreadable', team: '@acme/ghosts' })
  })

  test('A24 an unreadable membership waits with that cause, and never passes', () => {
    const config = configured('', 'approvers: ["@acme/reviewers"]')
    const snapshot = aPull({ config, members: new Map([['@acme/reviewers', unknown('GitHub answered 403')]]) })
    expect(gate(snapshot)).toBe('waits')
    expect(reasonOf('approved', snapshot)).toEqual({
      kind: 'team-unreadable',
      team: '@acme/reviewers',
      cause: 'GitHub answered 403',
    })
    expect(gate(aPull({ config }))).toBe('waits')
  })

  test('A25 an approval without write access does not count', () => {
    expect(uncounted(aPull(withReviews(review({ mayWrite: false }))))).toMatchObject({
      uncounted: [{ because: 'no-write-access' }],
    })
  })

  test("A26 whoever is assigned to a bot's pull request does not approve it", () => {
    const pull = pullRequest({ author: robot, branch: 'dependabot/npm/x-1', assignees: [reviewer] })
    const snapshot = aPull({ pull, commits: found([commit({ author: by(robot), committer: null })]) })
    expect(uncounted(snapshot)).toMatchObject({ uncounted: [{ because: 'assignee-of-bot' }] })
    expect(gate(aPull({ pull: pullRequest({ assignees: [reviewer] }) }))).toBe('passes')
  })

  test('A27 with approvals: 0 nobody need approve, and a change request still blocks', () => {
    const config = configured('', 'approvals: 0')
    expect(gate(aPull({ config, ...withReviews() }))).toBe('passes')
    expect(gate(aPull({ config, ...withReviews(review({ state: 'changes_requested' })) }))).toBe('blocks')
  })

  test('A28 a change request without write access is shown and does not block', () => {
    const snapshot = aPull(
      withReviews(review(), review({ id: 12, author: second, state: 'changes_requested', mayWrite: false })),
    )
    expect(gate(snapshot)).toBe('passes')
    expect(answerOf('approved', snapshot)).toMatchObject({
      note: { ignored: [{ login: 'second', says: 'changes_requested', because: 'no-write-access' }] },
    })
  })

  test('A29 a co-author without an account is not counted', () => {
    expect(gate(aPull({ commits: found([commit({ coAuthors: [stranger('tool@example.com')] })]) }))).toBe('passes')
  })

  test("A30 a bot's noreply address names the bot, and a commit made on the web has no committer of its own", () => {
    const pull = pullRequest({ author: null })
    const author = stranger('9+dependabot[bot]@users.noreply.github.com')
    expect(gate(aPull({ pull, commits: found([commit({ author, committer: null })]) }))).toBe('passes')
    expect(gate(aPull({ pull, commits: found([commit({ author, committer: stranger('noreply@github.com') })]) }))).toBe(
      'passes',
    )
  })

  test('A31 whoever clicks a clean "update branch" is no implementer, of one that brings something they are', () => {
    const merge = commit({ author: by(reviewer), committer: null, parents: [older, base] })
    const push: Push = { by: reviewer, branch: 'SHOP-7-gift-cards', kind: 'push', before: older, after: head, at: noon }
    const pull = { commits: found([commit({ sha: older }), merge]), pushes: found([push]) }
    for (const approval of [review(), review({ sha: older })]) {
      const facts = { ...withReviews(approval), ...pull }
      expect(gate(aPull({ ...facts, ...since(found(true)) }))).toBe('passes')
      expect(uncounted(aPull({ ...facts, ...since(found(false)) }))).toMatchObject({
        uncounted: [{ because: 'commit-author', sha: head }],
      })
      expect(gate(aPull({ ...facts, ...since(unknown('GitHub answered 502')) }))).toBe('waits')
      expect(questionsAboutApprovals(aPull(facts), configOf(configured()))).toContainEqual({
        kind: 'comparison',
        comparison: moved,
      })
    }
  })

  test('A32 an accepted suggestion makes its author a co-author, and names the commit', () => {
    const snapshot = aPull({
      commits: found([
        commit({ sha: older }),
        commit({ committer: null, coAuthors: [stranger('2+reviewer@users.noreply.github.com')] }),
      ]),
    })
    expect(uncounted(snapshot)).toMatchObject({ uncounted: [{ login: 'reviewer', because: 'co-author', sha: head }] })
  })

  test('A33 an e-mail mapped in the .mailmap of the base is known', () => {
    const mailmap = parseMailmap('# people\nRe Viewer <reviewer@shop.example> <OLD@nowhere.example>\n<x@y.example>\n')
    const commits = [commit({ author: stranger('old@nowhere.example') })]
    const accounts = new Map([['reviewer@shop.example', reviewer]])
    expect(emailsToFind(commits, mailmap)).toEqual(['reviewer@shop.example'])
    const known = withMailmap(commits, mailmap, accounts)
    const facts = (author: Account) => ({ commits: found(known), ...withReviews(review({ author })) })
    expect(gate(aPull(facts(second)))).toBe('passes')
    expect(uncounted(aPull(facts(reviewer)))).toMatchObject({ uncounted: [{ because: 'commit-author' }] })
    expect(withMailmap(commits, mailmap, new Map())).toEqual(commits)
  })

  test('A5 whoever pushed part of it does not approve it, as far as GitHub lists pushes', () => {
    const push = (change: Partial<Push>): Push => {
      return {
        by: reviewer,
        branch: 'SHOP-7-gift-cards',
        kind: 'push',
        before: older,
        after: head,
        at: noon,
        ...change,
      }
    }
    const withPushes = (...pushes: readonly Push[]) => aPull({ pushes: found(pushes) })
    expect(uncounted(withPushes(push({})))).toMatchObject({ uncounted: [{ because: 'pusher' }] })
    expect(gate(withPushes(push({ by: developer })))).toBe('passes')
    expect(gate(withPushes(push({ kind: 'creation', before: null })))).toBe('waits')
    const made = push({ kind: 'creation', before: null, after: base })
    expect(gate(withPushes(made))).toBe('passes')
    expect(gate(withPushes(made, push({ by: developer, kind: 'force-push' })))).toBe('waits')
    expect(gate(aPull({ pushes: absent }))).toBe('passes')
    expect(reasonOf('approved', aPull({ pushes: unknown('GitHub answered 502') }))).toEqual({
      kind: 'commits-unreadable',
      cause: 'GitHub answered 502',
    })
    expect(gate(aPull({ pushes: null }))).toBe('waits')
  })

  test('X36 an approval that arrives as a push does is of the older head', () => {
    expect(uncounted(aPull(withReviews(review({ sha: older, at: noon + 5 }))))).toMatchObject({
      uncounted: [{ because: 'outdated', sha: older }],
    })
  })

  test('reviews or commits that cannot be read wait', () => {
    expect(reasonOf('approved', aPull({ reviews: unknown('GitHub answered 502') }))).toEqual({
      kind: 'reviews-unreadable',
      cause: 'GitHub answered 502',
    })
    expect(reasonOf('approved', aPull({ reviews: absent }))).toMatchObject({ kind: 'reviews-unreadable' })
    expect(reasonOf('approved', aPull({ commits: unknown('250 of 300 commits') }))).toMatchObject({
      kind: 'commits-unreadable',
    })
    expect(gate(aPull({ commits: absent, checks: found({ checks: [check()], suites: [] }) }))).toBe('waits')
  })
})
