import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changePull } from '../../../sandbox/github/acts/change-pull.ts'
import { createComment, editComment } from '../../../sandbox/github/acts/comment-pull.ts'
import { addDeploymentStatus, createDeployment } from '../../../sandbox/github/acts/deploy.ts'
import { mergePull } from '../../../sandbox/github/acts/merge-pull.ts'
import { createRelease } from '../../../sandbox/github/acts/publish-release.ts'
import { type CheckReport, createCheckRun } from '../../../sandbox/github/acts/report-check.ts'
import { reportStatus } from '../../../sandbox/github/acts/report-status.ts'
import { dismissReview, requestReviews, submitReview } from '../../../sandbox/github/acts/review-pull.ts'
import { runGit } from '../../../sandbox/github/git/run-git.ts'
import { writeTagObject } from '../../../sandbox/github/git/tag-object.ts'
import type { PullRequest } from '../../../sandbox/github/state/pull-request.ts'
import { createGraphqlWorld, type GraphqlWorld } from './graphql-world.ts'

let world: GraphqlWorld
let pull: PullRequest
let mergeSha: string

const green: CheckReport = {
  ...{ name: undefined, status: 'completed', conclusion: 'success', annotations: [], actions: undefined },
  output: { title: 'Green', summary: 'All of it', text: undefined },
  ...{ externalId: 'x-1', detailsUrl: undefined, startedAt: undefined, completedAt: undefined },
}

beforeAll(async () => {
  world = await createGraphqlWorld()
  const { state, repository, reviewer, waybill, developer, push } = world
  await push(
    'SHOP-1-first',
    { 'one.txt': 'one\n' },
    'Add one\n\nCo-authored-by: Reviewer <reviewer@users.noreply.github.com>',
  )
  const first = await world.open('SHOP-1-first')
  const order = { method: 'merge', sha: undefined, title: undefined, message: undefined, bypass: true } as const
  mergeSha = await mergePull(state, first, { order, actor: developer })
  await push('SHOP-2-second', { 'two.txt': 'two\n' }, 'Add two')
  pull = await world.open('SHOP-2-second')
  const head = await push('SHOP-2-second', { 'three.txt': 'three\n' }, 'Add three')
  await createCheckRun(state, repository, {
    app: waybill.app,
    name: 'build',
    sha: head,
    report: { ...green, conclusion: 'failure' },
  })
  await createCheckRun(state, repository, { app: waybill.app, name: 'build', sha: head, report: green })
  const wanted = { sha: head, state: 'pending', context: 'ci/old', description: 'soon', targetUrl: undefined } as const
  await reportStatus(state, repository, { wanted, actor: developer })
  submitReview(state, pull, { wanted: { state: 'APPROVED', body: '', commitOid: undefined }, actor: reviewer })
})

afterAll(async () => {
  expect(world.github.violations).toEqual([])
  await world.close()
})

const within = (fields: string) => `{ repository(owner: "acme", name: "shop") { ${fields} } }`
const ask = (fields: string, token?: string) => world.ask(within(fields), {}, token)
const repository = (answer: object) => ({ data: { repository: answer } })

describe('a pull request', () => {
  it('has its branches, author and state', async () => {
    expect(
      await ask(`pullRequest(number: 2) { number title body state isDraft merged mergeable mergeStateStatus baseRefName headRefName headRefOid
        isCrossRepository authorAssociation author { __typename login ... on User { databaseId } } baseRef { name target { oid } }
        mergeCommit { oid } closedAt mergedBy { login } }`),
    ).toEqual(
      repository({
        pullRequest: {
          ...{
            number: 2,
            title: 'Change SHOP-2-second',
            body: 'Because.',
            state: 'OPEN',
            isDraft: false,
            merged: false,
          },
          ...{ mergeable: 'MERGEABLE', mergeStateStatus: 'CLEAN', baseRefName: 'main', headRefName: 'SHOP-2-second' },
          ...{ headRefOid: pull.head.sha, isCrossRepository: false, authorAssociation: 'MEMBER' },
          author: { __typename: 'User', login: 'developer', databaseId: world.developer.user.id },
          baseRef: { name: 'main', target: { oid: mergeSha } },
          ...{ mergeCommit: null, closedAt: null, mergedBy: null },
        },
      }),
    )
  })

  it('has its commits, and the reports on the last of them', async () => {
    const rollup = `statusCheckRollup { state contexts(first: 10) { totalCount nodes { __typename
      ... on CheckRun { name status conclusion title externalId checkSuite { app { databaseId slug } workflowRun { event } branch { name } } isRequired(pullRequestNumber: 2) }
      ... on StatusContext { context state description targetUrl creator { login } } } } }`
    const answer =
      await ask(`pullRequest(number: 2) { all: commits(first: 10) { totalCount nodes { commit { messageHeadline } } }
      last: commits(last: 1) { nodes { commit { oid ${rollup} } } } }`)
    const run = {
      ...{ __typename: 'CheckRun', name: 'build', status: 'COMPLETED', conclusion: 'SUCCESS', title: 'Green' },
      externalId: 'x-1',
    }
    const checkSuite = {
      app: { databaseId: world.waybill.app.id, slug: 'waybill' },
      workflowRun: null,
      branch: { name: 'SHOP-2-second' },
    }
    const status = {
      __typename: 'StatusContext',
      context: 'ci/old',
      state: 'PENDING',
      description: 'soon',
      targetUrl: null,
    }
    const contexts = {
      totalCount: 2,
      nodes: [
        { ...run, checkSuite, isRequired: false },
        { ...status, creator: { login: 'developer' } },
      ],
    }
    expect(answer).toEqual(
      repository({
        pullRequest: {
          all: {
            totalCount: 2,
            nodes: [{ commit: { messageHeadline: 'Add two' } }, { commit: { messageHeadline: 'Add three' } }],
          },
          last: { nodes: [{ commit: { oid: pull.head.sha, statusCheckRollup: { state: 'PENDING', contexts } } }] },
        },
      }),
    )
  })

  it('has its reviews and timeline in order', async () => {
    const { state, reviewer, developer } = world
    await requestReviews(state, pull, { users: [reviewer.user], teams: [], actor: developer })
    await changePull(state, pull, {
      change: { title: 'Changed', body: undefined, base: undefined, state: undefined },
      actor: developer,
    })
    const review = submitReview(state, pull, {
      wanted: { state: 'CHANGES_REQUESTED', body: 'no', commitOid: undefined },
      actor: reviewer,
    })
    dismissReview(state, pull, { review, message: 'settled', actor: developer })
    const answer = await ask(`pullRequest(number: 2) { reviewDecision
      reviews(last: 10) { nodes { state authorCanPushToRepository author { login } commit { oid } } }
      latestReviews(first: 10) { nodes { state } }
      timelineItems(first: 20, itemTypes: [PULL_REQUEST_REVIEW, REVIEW_REQUESTED_EVENT, REVIEW_DISMISSED_EVENT, RENAMED_TITLE_EVENT]) { nodes { __typename
        ... on ReviewRequestedEvent { requestedReviewer { ... on User { login } } }
        ... on ReviewDismissedEvent { dismissalMessage review { fullDatabaseId } }
        ... on RenamedTitleEvent { currentTitle } } } }`)
    const by = { authorCanPushToRepository: true, author: { login: 'reviewer' }, commit: { oid: pull.head.sha } }
    expect(answer).toEqual(
      repository({
        pullRequest: {
          reviewDecision: null,
          reviews: {
            nodes: [
              { state: 'APPROVED', ...by },
              { state: 'DISMISSED', ...by },
            ],
          },
          latestReviews: { nodes: [{ state: 'DISMISSED' }] },
          timelineItems: {
            nodes: [
              { __typename: 'PullRequestReview' },
              { __typename: 'ReviewRequestedEvent', requestedReviewer: { login: 'reviewer' } },
              { __typename: 'RenamedTitleEvent', currentTitle: 'Changed' },
              { __typename: 'PullRequestReview' },
              {
                __typename: 'ReviewDismissedEvent',
                dismissalMessage: 'settled',
                review: { fullDatabaseId: String(review.id) },
              },
            ],
          },
        },
      }),
    )
  })

  it('has comments that say who wrote and who edited them; bots come without [bot]', async () => {
    const { state, waybill, developer } = world
    const comment = createComment(state, pull, { body: 'hello', actor: waybill })
    createComment(state, pull, { body: '/waybill status', actor: developer })
    editComment(state, comment, { body: 'hello again', actor: waybill })
    const answer = await ask(
      `pullRequest(number: 2) { comments(last: 5) { nodes { body viewerDidAuthor lastEditedAt author { __typename login } } } }`,
    )
    expect(answer).toEqual(
      repository({
        pullRequest: {
          comments: {
            nodes: [
              {
                body: 'hello again',
                viewerDidAuthor: true,
                lastEditedAt: expect.any(String),
                author: { __typename: 'Bot', login: 'waybill' },
              },
              {
                body: '/waybill status',
                viewerDidAuthor: false,
                lastEditedAt: null,
                author: { __typename: 'User', login: 'developer' },
              },
            ],
          },
        },
      }),
    )
    const ids = [comment.nodeId, 'nothing']
    expect(
      await world.ask('query($ids: [ID!]!) { nodes(ids: $ids) { id ... on IssueComment { databaseId } } }', { ids }),
    ).toMatchObject({
      data: { nodes: [{ id: comment.nodeId, databaseId: comment.id }, null] },
      errors: [{ type: 'NOT_FOUND', path: ['nodes', 1] }],
    })
  })

  it('becomes a draft and ready again, with events', async () => {
    const heard: string[] = []
    const stop = world.state.events.subscribe(({ name, payload }) => heard.push(`${name} ${payload['action']}`))
    const change = (name: string) =>
      `mutation($id: ID!) { ${name}(input: { pullRequestId: $id }) { pullRequest { isDraft } } }`
    const id = pull.nodeId
    expect(await world.ask(change('convertPullRequestToDraft'), { id })).toEqual({
      data: { convertPullRequestToDraft: { pullRequest: { isDraft: true } } },
    })
    await world.ask(change('markPullRequestReadyForReview'), { id })
    expect(heard).toEqual(['pull_request converted_to_draft', 'pull_request ready_for_review'])
    expect(await world.ask(change('convertPullRequestToDraft'), { id }, 'narrow')).toMatchObject({
      errors: [{ type: 'FORBIDDEN' }],
    })
    stop()
  })
})

describe('a line', () => {
  it('has its history with parents, pull requests, writers and files', async () => {
    const answer = await ask(`ref(qualifiedName: "refs/heads/main") { name prefix target { ... on Commit {
      file(path: ".github/waybill.yml") { object { __typename ... on Blob { text byteSize isTruncated isBinary } } }
      none: file(path: "nowhere") { type }
      history(first: 2) { totalCount pageInfo { hasNextPage } nodes { messageHeadline parents(first: 2) { nodes { oid } }
        authors(first: 5) { nodes { email user { login } } } associatedPullRequests(first: 2) { nodes { number mergeCommit { oid } } } } } } } }`)
    expect(answer).toMatchObject(
      repository({
        ref: {
          ...{ name: 'main', prefix: 'refs/heads/' },
          target: {
            file: {
              object: { __typename: 'Blob', text: 'version: 1\n', byteSize: 11, isTruncated: false, isBinary: false },
            },
            none: null,
            history: {
              totalCount: 3,
              pageInfo: { hasNextPage: true },
              nodes: [
                {
                  messageHeadline: 'Merge pull request #1 from acme/SHOP-1-first',
                  parents: { nodes: [{}, {}] },
                  associatedPullRequests: { nodes: [{ number: 1, mergeCommit: { oid: mergeSha } }] },
                },
                {
                  messageHeadline: 'Add one',
                  authors: { nodes: [{ user: { login: 'developer' } }, { user: { login: 'reviewer' } }] },
                  associatedPullRequests: { nodes: [{ number: 1 }] },
                },
              ],
            },
          },
        },
      }),
    )
  })

  it('has its tags, annotated ones with their own object, and its releases', async () => {
    const { state, repository: shop, waybill } = world
    const tagger = { name: 'Waybill', email: 'waybill@example.org', at: Date.now() }
    const sha = await writeTagObject(shop.path, {
      object: mergeSha,
      type: 'commit',
      tag: 'v0.1.0',
      message: 'First',
      tagger,
    })
    await runGit(shop.path, ['update-ref', 'refs/tags/v0.1.0', sha])
    await runGit(shop.path, ['update-ref', 'refs/tags/light', mergeSha])
    const content = {
      tagName: 'v0.1.0',
      targetCommitish: 'main',
      name: 'v0.1.0',
      body: 'Notes',
      draft: false,
      prerelease: false,
      makeLatest: 'true',
    } as const
    await createRelease(state, shop, { content, actor: waybill })
    const answer =
      await ask(`refs(refPrefix: "refs/tags/", first: 10) { nodes { name target { __typename oid ... on Tag { name message target { oid } } } } }
      release(tagName: "v0.1.0") { tagName isDraft tagCommit { oid } } missing: release(tagName: "v9") { id }
      releases(first: 5, orderBy: { field: CREATED_AT, direction: DESC }) { nodes { tagName } }`)
    expect(answer).toEqual(
      repository({
        refs: {
          nodes: [
            { name: 'light', target: { __typename: 'Commit', oid: mergeSha } },
            {
              name: 'v0.1.0',
              target: { __typename: 'Tag', oid: sha, name: 'v0.1.0', message: 'First', target: { oid: mergeSha } },
            },
          ],
        },
        release: { tagName: 'v0.1.0', isDraft: false, tagCommit: { oid: mergeSha } },
        missing: null,
        releases: { nodes: [{ tagName: 'v0.1.0' }] },
      }),
    )
  })

  it('has its deployments, with the payload encoded twice', async () => {
    const { state, repository: shop, waybill } = world
    const wanted = {
      ref: 'v0.1.0',
      sha: mergeSha,
      task: 'deploy',
      payload: { attempt: 1 },
      transient: false,
      production: false,
      description: undefined,
    }
    const deployment = createDeployment(state, shop, { wanted: { ...wanted, environment: 'staging' }, actor: waybill })
    createDeployment(state, shop, { wanted: { ...wanted, environment: 'production' }, actor: waybill })
    const status = {
      description: 'done',
      environmentUrl: 'https://example.org',
      logUrl: '',
      environment: undefined,
      autoInactive: true,
    }
    addDeploymentStatus(state, shop, { deployment, wanted: { ...status, state: 'in_progress' }, actor: waybill })
    addDeploymentStatus(state, shop, { deployment, wanted: { ...status, state: 'success' }, actor: waybill })
    const answer =
      await ask(`deployments(environments: ["staging"], last: 1, orderBy: { field: CREATED_AT, direction: ASC }) { totalCount nodes {
      databaseId environment payload commitOid state ref { name prefix } creator { __typename login } latestStatus { state environmentUrl logUrl }
      statuses(first: 5) { nodes { state } } } }`)
    expect(answer).toEqual(
      repository({
        deployments: {
          totalCount: 1,
          nodes: [
            {
              ...{
                databaseId: deployment.id,
                environment: 'staging',
                payload: JSON.stringify('{"attempt":1}'),
                commitOid: mergeSha,
              },
              ...{
                state: 'ACTIVE',
                ref: { name: 'v0.1.0', prefix: 'refs/tags/' },
                creator: { __typename: 'Bot', login: 'waybill' },
              },
              latestStatus: { state: 'SUCCESS', environmentUrl: 'https://example.org', logUrl: null },
              statuses: { nodes: [{ state: 'SUCCESS' }, { state: 'IN_PROGRESS' }] },
            },
          ],
        },
      }),
    )
  })

  it('can be compared with a head, and asked for objects by oid or expression', async () => {
    const answer = await ask(`defaultBranchRef { compare(headRef: "${pull.head.sha}") { aheadBy behindBy status } }
      byOid: object(oid: "${mergeSha}") { __typename oid } readme: object(expression: "main:README.md") { ... on Blob { text } }
      nothing: object(oid: "${'0'.repeat(40)}") { oid } folder: object(expression: "main:.github") { ... on Tree { entries { name type } } }`)
    expect(answer).toEqual(
      repository({
        defaultBranchRef: { compare: { aheadBy: 2, behindBy: 0, status: 'AHEAD' } },
        byOid: { __typename: 'Commit', oid: mergeSha },
        readme: { text: '# shop\n' },
        nothing: null,
        folder: { entries: [{ name: 'waybill.yml', type: 'blob' }] },
      }),
    )
  })
})

describe('a branch that took its base in', () => {
  it('keeps its own commits, and gives a rebased one to its pull request', async () => {
    const { state, git, push, open, developer } = world
    await push('SHOP-3-third', { 'five.txt': 'five\n' }, 'Add five')
    const third = await open('SHOP-3-third')
    await push('SHOP-4-fourth', { 'six.txt': 'six\n' }, 'Add six')
    await push('SHOP-4-fourth', { 'seven.txt': 'seven\n' }, 'Add seven')
    const fourth = await open('SHOP-4-fourth')
    const order = { method: 'rebase', sha: undefined, title: undefined, message: undefined, bypass: true } as const
    await mergePull(state, fourth, { order, actor: developer })
    await git('fetch', '-q', 'origin')
    await git('checkout', '-q', 'SHOP-3-third')
    await git('merge', '-q', '--no-edit', 'origin/main')
    await git('push', '-q', 'origin', 'SHOP-3-third')
    const answer =
      await ask(`pullRequest(number: ${third.number}) { commits(first: 10) { totalCount nodes { commit { messageHeadline } } } }
      ref(qualifiedName: "main") { target { ... on Commit { history(first: 2) { nodes { messageHeadline associatedPullRequests(first: 5) { nodes { number } } } } } } }`)
    const nodes = [{ number: fourth.number }]
    expect(answer).toEqual(
      repository({
        pullRequest: {
          commits: {
            totalCount: 2,
            nodes: [
              { commit: { messageHeadline: 'Add five' } },
              { commit: { messageHeadline: "Merge remote-tracking branch 'origin/main' into SHOP-3-third" } },
            ],
          },
        },
        ref: {
          target: {
            history: {
              nodes: [
                { messageHeadline: 'Add seven', associatedPullRequests: { nodes } },
                { messageHeadline: 'Add six', associatedPullRequests: { nodes } },
              ],
            },
          },
        },
      }),
    )
  })
})

describe('permissions', () => {
  const team =
    '{ organization(login: "acme") { team(slug: "analysts") { databaseId combinedSlug members(first: 10, query: "ana") { nodes { login } } } } }'

  it('show teams only to who may read members', async () => {
    expect(await world.ask(team)).toMatchObject({
      data: { organization: { team: { combinedSlug: 'acme/analysts', members: { nodes: [{ login: 'analyst' }] } } } },
    })
    expect(await world.ask(team, {}, 'narrow')).toMatchObject({
      data: { organization: { team: null } },
      errors: [
        { type: 'FORBIDDEN', path: ['organization', 'team'], message: 'Resource not accessible by integration' },
      ],
    })
  })

  it('hide what one cannot see, and refuse who has no token', async () => {
    expect(await ask('id', 'outsider')).toMatchObject({
      data: { repository: null },
      errors: [{ type: 'NOT_FOUND', path: ['repository'] }],
    })
    expect(await ask('pullRequest(number: 99) { id }')).toMatchObject({
      data: { repository: { pullRequest: null } },
      errors: [{ type: 'NOT_FOUND' }],
    })
    expect(await ask('id', 'nobody')).toMatchObject({ message: 'Bad credentials' })
    expect(await ask('collaborators(first: 5, query: "dev") { edges { permission node { login } } }')).toEqual(
      repository({ collaborators: { edges: [{ permission: 'WRITE', node: { login: 'developer' } }] } }),
    )
  })

  it('tell the quota', async () => {
    const query = '{ viewer { login } rateLimit { cost limit remaining used nodeCount } }'
    const before = JSON.stringify(await world.ask(query))
    const used = Number(/"used":(\d+)/.exec(before)?.[1])
    expect(await world.ask(query)).toEqual({
      data: {
        viewer: { login: 'waybill[bot]' },
        rateLimit: { cost: 1, limit: 5000, remaining: 4999 - used, used: used + 1, nodeCount: 0 },
      },
    })
    const headers = { authorization: 'Bearer waybill' }
    const { resources } = JSON.parse(await (await fetch(`${world.state.url}/rate_limit`, { headers })).text())
    expect(resources.graphql.used).toBe(used + 1)
  })
})
