import { describe, expect, it } from 'vitest'
import { parseConfigurationFile } from '../../src/github/configuration-file.ts'
import { parseActor, parseSignature } from '../../src/github/parse-account.ts'
import { parseChecks } from '../../src/github/parse-checks.ts'
import { parseCommit } from '../../src/github/parse-commit.ts'
import { parseClaim, parseDeployment, parseStatuses } from '../../src/github/parse-deployment.ts'
import { parseComments, parseLineCommit, parseTag } from '../../src/github/parse-line.ts'
import { parseCommits, parsePull } from '../../src/github/parse-pull.ts'
import { parseTimeline } from '../../src/github/parse-timeline.ts'
import { Failed } from '../../src/model/failure.ts'
import * as a from './answers.ts'

describe('accounts', () => {
  it('holds a bot without [bot], and a deleted account as nobody', () => {
    expect(parseActor({ author: a.bot(5, 'dependabot[bot]') }, 'author')).toEqual({
      id: 5,
      login: 'dependabot',
      kind: 'bot',
    })
    expect(parseActor({ author: null }, 'author')).toBeNull()
    expect(parseActor({ author: { __typename: 'EnterpriseUserAccount', login: 'x' } }, 'author')).toBeNull()
    expect(() => parseActor({}, 'author')).toThrow(Failed)
  })

  it('knows the account of a noreply address where GitHub names none', () => {
    const email = '49699333+dependabot[bot]@users.noreply.github.com'
    const account = { id: 49699333, login: 'dependabot', kind: 'bot' }
    expect(parseSignature({ name: 'd', email, user: null })).toEqual({ kind: 'account', account })
    expect(parseSignature(a.signature('stranger'))).toEqual({
      kind: 'stranger',
      name: 'stranger',
      email: 'stranger@example.com',
    })
    expect(parseSignature(null)).toMatchObject({ kind: 'stranger' })
  })
})

describe('commits', () => {
  it('keeps the author, the committer and the co-authors apart', () => {
    const author = a.signature('developer', 11)
    const json = a.commit({
      committer: a.signature('analyst', 13),
      authors: a.page([author, a.signature('reviewer', 12), a.signature('old')]),
    })
    const read = parseCommit(json)
    expect(read?.author).toMatchObject({ account: { id: 11 } })
    expect(read?.committer).toMatchObject({ account: { id: 13 } })
    expect(read?.coAuthors).toMatchObject([{ account: { id: 12 } }, { kind: 'stranger', name: 'old' }])
  })

  it('has no committer where GitHub itself committed', () => {
    expect(parseCommit(a.commit({ committer: a.gitHubItself }))?.committer).toBeNull()
    expect(parseCommit(a.commit({ committer: { ...a.gitHubItself, name: 'me' } }))?.committer).toMatchObject({
      kind: 'stranger',
    })
  })

  it('is not whole with an author missing', () => {
    const commit = a.commit({ authors: a.page([], { hasNextPage: true, endCursor: 'x' }) })
    expect(parseCommit(commit)).toBeNull()
    expect(parseCommits({ commits: a.page([{ commit }]) }).whole).toBe(false)
  })
})

describe('check suites', () => {
  const suite = (change: a.Piece) => parseChecks(a.checks([], [a.suite(change)]), 7).suites[0]

  it('tell a workflow that never began from one that ran, and from one that gave way', () => {
    const workflowRun = { event: 'push', workflow: { databaseId: 3, name: 'CI' } }
    const empty = { checkRuns: { totalCount: 0 }, workflowRun }
    expect(suite({ ...empty, conclusion: 'STARTUP_FAILURE' })).toMatchObject({
      neverBegan: true,
      workflow: { id: 3, name: 'CI' },
    })
    expect(suite({ ...empty, conclusion: 'FAILURE' })).toMatchObject({ neverBegan: true })
    expect(suite({ ...empty, conclusion: 'CANCELLED' })).toMatchObject({ neverBegan: false })
    expect(suite({ ...empty, conclusion: null, status: 'QUEUED' })).toMatchObject({ neverBegan: false })
    expect(suite({ conclusion: 'FAILURE' })).toMatchObject({ neverBegan: false, workflow: null })
  })
})

describe('checks', () => {
  const on = (...nodes: a.Piece[]) => parseChecks(a.checks(nodes), 7)

  it.each([
    ['COMPLETED', 'SUCCESS', 'success'],
    ['COMPLETED', 'STARTUP_FAILURE', 'startup_failure'],
    ['COMPLETED', 'TIMED_OUT', 'timed_out'],
    ['COMPLETED', 'EXPLODED', 'unknown'],
    ['COMPLETED', null, 'unknown'],
    ['WAITING', null, 'queued'],
    ['IN_PROGRESS', null, 'in_progress'],
    ['DREAMING', null, 'unknown'],
  ])('reads a run that is %s with %s as %s', (status, conclusion, state) => {
    expect(on(a.run({ status, conclusion })).checks[0]).toMatchObject({
      kind: 'run',
      state,
      app: { id: 9, slug: 'ci' },
    })
  })

  it.each([
    ['SUCCESS', 'success'],
    ['PENDING', 'in_progress'],
    ['EXPECTED', 'queued'],
    ['ERROR', 'failure'],
    ['NEW', 'unknown'],
  ])('reads a status that is %s as %s', (state, expected) => {
    const check = on(a.status({ state })).checks[0]
    expect(check).toMatchObject({
      kind: 'status',
      state: expected,
      id: Date.parse('2026-01-01T00:00:01Z'),
      app: { id: 90, slug: 'ci' },
    })
  })

  it('C19 takes its own runs out and keeps what they say', () => {
    const checkSuite = { databaseId: 51, app: { databaseId: 7, slug: 'waybill' }, workflowRun: null }
    const own = a.run({
      name: 'waybill/gate',
      databaseId: 5,
      externalId: 'waybill:00ff',
      checkSuite,
      status: 'IN_PROGRESS',
      conclusion: null,
    })
    const strange = a.run({ name: 'waybill/gate', databaseId: 6, externalId: 'x', checkSuite })
    const page = parseChecks(a.checks([own, strange], [a.suite({ app: { databaseId: 7, slug: 'waybill' } })]), 7)
    expect(page.checks).toEqual([])
    expect(page.suites).toEqual([])
    expect(page.posted).toEqual([
      {
        name: 'waybill/gate',
        runId: 5,
        completed: false,
        conclusion: null,
        startedAt: Date.UTC(2026, 0, 1),
        fingerprint: '00ff',
      },
      {
        name: 'waybill/gate',
        runId: 6,
        completed: true,
        conclusion: 'success',
        startedAt: Date.UTC(2026, 0, 1),
        fingerprint: '',
      },
    ])
  })

  it('counts a check of our name by another App as a check', () => {
    expect(on(a.run({ name: 'waybill/gate' })).checks).toHaveLength(1)
  })

  it('names the event of a workflow run, and nobody for a deleted App or creator', () => {
    const checkSuite = { databaseId: 50, app: null, workflowRun: { event: 'schedule', workflow: { databaseId: 3 } } }
    const app = { id: 0, slug: '' }
    expect(on(a.run({ checkSuite })).checks[0]).toMatchObject({ workflowEvent: 'schedule', workflowId: 3, app })
    expect(on(a.status({ creator: null })).checks[0]?.app).toEqual({ id: 0, slug: '' })
  })

  it('says which pages are missing, and reads a commit that nothing reported on', () => {
    const page = parseChecks(a.checks([], [], { hasNextPage: true, endCursor: 'c' }), 7)
    expect(page).toMatchObject({ moreContexts: 'c', moreSuites: null })
    expect(parseChecks({ statusCheckRollup: null, checkSuites: null }, 7)).toMatchObject({
      checks: [],
      moreContexts: null,
    })
    expect(() => parseChecks({}, 7)).toThrow(Failed)
  })
})

describe('pull requests', () => {
  it('reads all that the rules ask for', () => {
    expect(
      parsePull(
        a.pullRequest({
          labels: a.page([{ name: 'x' }]),
          assignees: a.page([a.reviewer]),
          reviewRequests: a.page([
            { requestedReviewer: a.reviewer },
            { requestedReviewer: { __typename: 'Team' } },
            { requestedReviewer: null },
          ]),
        }),
      ),
    ).toMatchObject({
      number: 3,
      author: { id: 11, login: 'developer', kind: 'user' },
      base: 'main',
      baseSha: 'm1',
      headSha: 'c1',
      state: 'open',
      mergeable: 'clean',
      labels: ['x'],
      assignees: [{ id: 12 }],
      requested: [{ id: 12 }],
      createdAt: Date.parse('2026-01-01T00:00:00Z'),
    })
    expect(parsePull(a.pullRequest({ author: null, mergeable: 'WHO KNOWS' }))).toMatchObject({
      author: null,
      mergeable: 'unknown',
    })
  })

  it('reads reviews, of deleted accounts and on forgotten commits too', () => {
    const { items, whole } = parseTimeline({
      timelineItems: a.page([
        a.review(),
        a.review({ author: null, commit: null, submittedAt: null }),
        a.review({ state: 'PENDING' }),
      ]),
    })
    expect(whole).toBe(true)
    expect(items).toMatchObject([
      { kind: 'review', review: { id: 900, state: 'approved', sha: 'c1', mayWrite: true } },
      { kind: 'review', review: { author: null, sha: null, at: Date.parse('2026-01-01T00:59:00Z') } },
    ])
  })

  it('reads who was asked, what was dismissed and which base there was, in the same list', () => {
    const asked = (requestedReviewer: a.Piece | null) => ({ __typename: 'ReviewRequestedEvent', requestedReviewer })
    const { items, whole } = parseTimeline({
      timelineItems: a.page([
        asked(a.reviewer),
        asked({ __typename: 'Team' }),
        asked(null),
        { __typename: 'ReviewDismissedEvent', review: { fullDatabaseId: '900' } },
        { __typename: 'ReviewDismissedEvent', review: null },
        { __typename: 'BaseRefChangedEvent', previousRefName: 'develop' },
        { __typename: 'AutomaticBaseChangeSucceededEvent', oldBase: 'SHOP-6-stack' },
      ]),
    })
    expect(whole).toBe(true)
    expect(items).toEqual([
      { kind: 'asked', reviewerId: 12 },
      { kind: 'dismissed', reviewId: 900 },
      { kind: 'base-changed', from: 'develop' },
      { kind: 'base-changed', from: 'SHOP-6-stack' },
    ])
  })

  it('is not whole with a review in a state, or an item of a kind, it does not know', () => {
    expect(parseTimeline({ timelineItems: a.page([a.review({ state: 'VETOED' })]) }).whole).toBe(false)
    expect(parseTimeline({ timelineItems: a.page([{ __typename: 'SomethingNew' }]) }).whole).toBe(false)
  })
})

describe('the configuration', () => {
  it('is parsed from either name and is broken with both', () => {
    expect(parseConfigurationFile(a.target(), 'x')).toMatchObject({
      kind: 'file',
      file: { path: '.github/waybill.yml', sha: 'f1' },
    })
    expect(parseConfigurationFile(a.target({ yml: null, yaml: a.file() }), 'x')).toMatchObject({
      kind: 'file',
      file: { path: '.github/waybill.yaml' },
    })
    expect(parseConfigurationFile(a.target({ yaml: a.file() }), 'x')).toMatchObject({ kind: 'broken' })
    expect(parseConfigurationFile(a.target({ yml: null }), 'x')).toEqual({ kind: 'absent' })
  })

  it.each([
    ['binary', a.file(null)],
    ['cut off', a.file('version: 1', { isTruncated: true })],
    ['a folder', { object: { __typename: 'Tree', oid: 't' } }],
  ])('is broken when it is %s', (_, yml) => {
    expect(parseConfigurationFile(a.target({ yml }), 'x')).toMatchObject({
      kind: 'broken',
      path: '.github/waybill.yml',
    })
  })

  it('is unknown without a commit to read it from', () => {
    expect(parseConfigurationFile(null, 'branch x')).toEqual({ kind: 'unknown', cause: 'there is no branch x' })
  })
})

describe('deployments', () => {
  it('reads our claim, the tag and the newest status first, though times are equal', () => {
    const { deployment, whole } = parseDeployment(a.deployment(), 'waybill')
    expect(whole).toBe(true)
    expect(deployment).toMatchObject({ id: 70, tag: 'v1.0.0', sha: 'm2', numbered: false, creator: { kind: 'bot' } })
    expect(deployment.claim).toMatchObject({ environment: 'staging', tag: 'v1.0.0', attempt: 1, wish: null, by: null })
    expect(deployment.statuses.map((status) => status.state)).toEqual(['success', 'in_progress'])
    expect(deployment.statuses[0]?.url).toBe('https://shop.example')
  })

  it('has no claim when somebody else made it', () => {
    for (const creator of [a.bot(78, 'deployer'), a.user(79, 'waybill'), null]) {
      expect(parseDeployment(a.deployment({ creator }), 'waybill').deployment.claim).toBeNull()
    }
  })

  it('has no tag from a branch, and no claim from another payload', () => {
    const json = a.deployment({ ref: { name: 'main', prefix: 'refs/heads/' }, payload: '"{}"' })
    expect(parseDeployment(json, 'waybill').deployment).toMatchObject({ tag: null, claim: null })
  })

  it.each([[null], [''], ['not json'], ['"{\\"waybill\\": 3}"'], ['{"waybill":{"environment":"x","tag":"v1"}}'], [[]]])(
    'reads no claim from %j',
    (payload) => expect(parseClaim(payload)).toBeNull(),
  )

  it('never takes a state it does not know for success', () => {
    const statuses = a.page([
      {
        id: 's',
        state: 'WAITING',
        createdAt: '2026-01-03T00:00:00Z',
        description: null,
        logUrl: null,
        creator: null,
        environmentUrl: null,
      },
    ])
    expect(parseDeployment(a.deployment({ statuses }), 'waybill').deployment.statuses[0]?.state).toBe('pending')
  })

  it('E15: orders numbered statuses by id, whatever the list says', () => {
    const status = (id: number, state: string) => ({
      id,
      state,
      created_at: '2026-01-03T00:00:00Z',
      description: null,
      log_url: '',
      target_url: 'https://log',
      creator: null,
    })
    expect(parseStatuses([status(4, 'success'), status(9, 'failure'), status(2, 'queued')], 'waybill')).toMatchObject([
      { id: 9, state: 'failure', url: 'https://log', description: '' },
      { id: 4 },
      { id: 2 },
    ])
  })
})

describe('the line', () => {
  it('E29: tells what the newest run of our gate on the merged head concluded', () => {
    const gateOf = (...runs: a.Piece[]) => {
      const suites = { nodes: [{ checkRuns: { nodes: runs } }] }
      const pull = a.mergedPull({ judged: { nodes: [{ commit: { checkSuites: suites } }] } })
      const json = a.lineCommit('m2', 'm1', { associatedPullRequests: a.page([pull]) })
      return parseLineCommit(json, 'main', 7).pull?.gate
    }
    const run = (databaseId: number, conclusion: string | null) => {
      return { databaseId, status: conclusion === null ? 'IN_PROGRESS' : 'COMPLETED', conclusion }
    }
    expect(gateOf()).toBeNull()
    expect(gateOf(run(1, 'SUCCESS'))).toBe('success')
    expect(gateOf(run(1, 'SUCCESS'), run(2, null))).toBeNull()
    expect(gateOf(run(3, 'SUCCESS'), run(2, 'FAILURE'))).toBe('success')
    expect(gateOf(run(1, 'NEUTRAL'))).toBe('neutral')
  })

  it('finds the pull request merged as this commit, and its approvers', () => {
    const reviews = a.page([
      a.review(),
      a.review({ author: a.user(13, 'outdated'), commit: { oid: 'c0' } }),
      a.review({ author: a.user(14, 'changed'), submittedAt: '2026-01-01T01:00:00Z' }),
      a.review({ author: a.user(14, 'changed'), state: 'CHANGES_REQUESTED', submittedAt: '2026-01-01T02:00:00Z' }),
      a.review({ state: 'COMMENTED', submittedAt: '2026-01-01T03:00:00Z' }),
    ])
    const pulls = [a.mergedPull({ number: 2, mergeCommit: { oid: 'other' } }), a.mergedPull({ reviews })]
    const commit = parseLineCommit(a.lineCommit('m2', 'm1', { associatedPullRequests: a.page(pulls) }), 'main', 7)
    expect(commit).toMatchObject({
      sha: 'm2',
      parent: 'm1',
      configured: true,
      pull: { number: 3, headSha: 'c1' },
    })
    expect(commit.pull?.approvers.map((one) => one.login)).toEqual(['reviewer'])
  })

  it('takes an open pull request, and one merged elsewhere, for none; one into a branch that is gone as its very commit', () => {
    const pullOf = (sha: string, ...pulls: readonly a.Piece[]) => {
      return parseLineCommit(a.lineCommit(sha, null, { associatedPullRequests: a.page(pulls) }), 'main', 7).pull
    }
    const elsewhere = a.mergedPull({ baseRefName: 'develop' })
    expect(pullOf('m2', a.mergedPull({ state: 'OPEN' }), elsewhere)).toBeNull()
    const former = { ...elsewhere, baseRefName: 'master', baseRef: null }
    expect(pullOf('m2', former)?.number).toBe(3)
    expect(pullOf('m1', former)).toBeNull()
    expect(pullOf('m2', { ...former, state: 'CLOSED' })).toBeNull()
  })

  it('guesses no direct push where the pull request may be on a page that was not read', () => {
    const pulls = a.page([a.mergedPull({ state: 'OPEN' })], { hasNextPage: true, endCursor: 'x' })
    expect(() => parseLineCommit(a.lineCommit('m2', null, { associatedPullRequests: pulls }), 'main', 7)).toThrow(
      Failed,
    )
  })

  it('peels tags, and leaves out those on no commit', () => {
    expect(parseTag(a.tag('v1', 'm1'))).toMatchObject({ name: 'v1', sha: 'm1' })
    expect(parseTag(a.tag('v1', 'm1', false))).toMatchObject({ sha: 'm1' })
    expect(parseTag({ name: 'v1', target: { __typename: 'Blob', oid: 'b' } })).toBeNull()
  })

  it('tells a comment that is gone from one that is not shown', () => {
    const comment = {
      __typename: 'IssueComment',
      fullDatabaseId: '31',
      body: '/waybill help',
      lastEditedAt: null,
      author: a.developer,
    }
    const wanted = [{ commentId: 31 }, { commentId: 32 }, { commentId: 33 }, { commentId: 34 }]
    const missed = new Map([
      ['comments.1', 'NOT_FOUND'],
      ['comments.2', 'FORBIDDEN'],
    ])
    const read = parseComments(
      [comment, null, null, { ...comment, lastEditedAt: '2026-01-01T00:00:00Z' }],
      wanted,
      missed,
    )
    expect(read.get(31)).toEqual({
      kind: 'found',
      value: { commentId: 31, body: '/waybill help', authorId: 11, edited: false },
    })
    expect(read.get(32)?.kind).toBe('absent')
    expect(read.get(33)?.kind).toBe('unknown')
    expect(read.get(34)?.kind).toBe('absent')
  })
})
