import { describe, expect, test } from 'vitest'
import { absent, found, unknown } from '../../src/model/lookup.ts'
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

  test('A10 a merge that moves the head outdates the approval', () => {
    expect(
      gate(aPull({ ...withReviews(review({ sha: older })), commits: found([commit({ sha: older }), commit()]) })),
    ).toBe('waits')
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

  test('A32 an accepted suggestion makes its author a co-author, and names the commit', () => {
    const snapshot = aPull({
      commits: found([
        commit({ sha: older }),
        commit({ committer: null, coAuthors: [stranger('2+reviewer@users.noreply.github.com')] }),
      ]),
    })
    expect(uncounted(snapshot)).toMatchObject({ uncounted: [{ login: 'reviewer', because: 'co-author', sha: head }] })
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
