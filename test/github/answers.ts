/** Hand-written pieces of GitHub's GraphQL answers, as its documents describe them; each can be changed in part. */
export type Piece = { readonly [key: string]: unknown }

export const repository = { installationId: 1, id: 5, owner: 'acme', name: 'shop' }
export const app = { id: 7, slug: 'waybill' }

export const user = (id: number, login: string): Piece => ({ __typename: 'User', login, databaseId: id })
export const bot = (id: number, login: string): Piece => ({ __typename: 'Bot', login, databaseId: id })

export const developer = user(11, 'developer')
export const reviewer = user(12, 'reviewer')

export function page(nodes: readonly unknown[], info: Piece = {}): Piece {
  const pageInfo = { hasNextPage: false, endCursor: null, hasPreviousPage: false, startCursor: null, ...info }
  return { nodes, pageInfo, totalCount: nodes.length }
}

export function signature(login: string, id: number | null = null): Piece {
  return {
    name: login,
    email: id === null ? `${login}@example.com` : `${login}@users.noreply.github.com`,
    user: id === null ? null : { databaseId: id, login },
  }
}

export const gitHubItself: Piece = { name: 'GitHub', email: 'noreply@github.com', user: null }

export function commit(change: Piece = {}): Piece {
  const author = signature('developer', 11)
  const base = { oid: 'c1', messageHeadline: 'SHOP-7 add', author, committer: author, authors: page([author]) }
  return { ...base, parents: { nodes: [{ oid: 'm1' }] }, ...change }
}

export function run(change: Piece = {}): Piece {
  return {
    __typename: 'CheckRun',
    databaseId: 100,
    name: 'build',
    status: 'COMPLETED',
    conclusion: 'SUCCESS',
    detailsUrl: 'https://ci.example/1',
    startedAt: '2026-01-01T00:00:00Z',
    externalId: null,
    title: null,
    summary: null,
    checkSuite: { databaseId: 50, app: { databaseId: 9, slug: 'ci' }, workflowRun: null },
    ...change,
  }
}

export function status(change: Piece = {}): Piece {
  const base = { __typename: 'StatusContext', context: 'build', state: 'SUCCESS', createdAt: '2026-01-01T00:00:01Z' }
  return { ...base, targetUrl: null, creator: bot(90, 'ci'), ...change }
}

export function suite(change: Piece = {}): Piece {
  return {
    databaseId: 50,
    status: 'COMPLETED',
    conclusion: 'SUCCESS',
    app: { databaseId: 9, slug: 'ci' },
    workflowRun: null,
    checkRuns: { totalCount: 1 },
    ...change,
  }
}

export function checks(nodes: readonly Piece[], suites: readonly Piece[] = [], info: Piece = {}): Piece {
  return { statusCheckRollup: { contexts: page(nodes, info) }, checkSuites: page(suites) }
}

export function review(change: Piece = {}): Piece {
  return {
    __typename: 'PullRequestReview',
    fullDatabaseId: '900',
    state: 'APPROVED',
    submittedAt: '2026-01-01T01:00:00Z',
    createdAt: '2026-01-01T00:59:00Z',
    authorCanPushToRepository: true,
    author: reviewer,
    commit: { oid: 'c1' },
    ...change,
  }
}

export const configuration = `version: 1
issues: { projects: [SHOP] }
release: {}
environments:
  - { name: staging, type: staging, deploy: auto }
  - { name: production, type: production, promoters: ["@acme/analysts"] }
`

export function file(text: string | null = configuration, change: Piece = {}): Piece {
  const blob = { __typename: 'Blob', oid: 'f1', text, byteSize: text?.length ?? 9, isTruncated: false, ...change }
  return { object: blob }
}

export function target(change: Piece = {}): Piece {
  return { __typename: 'Commit', oid: 'm1', yml: file(), yaml: null, mailmap: null, ...change }
}

export function pullRequest(change: Piece = {}): Piece {
  const head = { ...target({ oid: 'c1' }), ...checks([run()]), associatedPullRequests: page([]) }
  return {
    number: 3,
    title: 'SHOP-7 Gift cards',
    url: 'https://github.com/acme/shop/pull/3',
    state: 'OPEN',
    isDraft: false,
    mergeable: 'MERGEABLE',
    mergeStateStatus: 'BLOCKED',
    reviewDecision: 'APPROVED',
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-02T00:00:00Z',
    mergedAt: '2026-01-02T00:00:00Z',
    baseRefName: 'main',
    baseRefOid: 'm1',
    headRefName: 'SHOP-7-gift-cards',
    headRefOid: 'c1',
    isCrossRepository: false,
    author: developer,
    headRef: null,
    baseRef: { target: target() },
    labels: page([]),
    assignees: page([]),
    reviewRequests: page([]),
    reviewThreads: page([]),
    timelineItems: page([review()]),
    commits: page([{ commit: commit() }]),
    head: page([{ commit: head }]),
    ...change,
  }
}

export function pullAnswer(pull: Piece | null = pullRequest(), change: Piece = {}): Piece {
  const defaultBranchRef = { name: 'main', target: target() }
  const json = { databaseId: 5, url: 'https://github.com/acme/shop', defaultBranchRef, pullRequest: pull, ...change }
  return { data: { repository: json, organisation: null } }
}

export function mergedPull(change: Piece = {}): Piece {
  const { timelineItems: reviews, ...pull } = pullRequest({ state: 'MERGED', mergeCommit: { oid: 'm2' } })
  return { ...pull, reviews, judged: { nodes: [] }, ...change }
}

export function lineCommit(oid: string, parent: string | null, change: Piece = {}): Piece {
  const author = signature('developer', 11)
  return {
    oid,
    messageHeadline: oid,
    committedDate: '2026-01-01T00:00:00Z',
    parents: { nodes: parent === null ? [] : [{ oid: parent }] },
    author,
    committer: gitHubItself,
    authors: page([author]),
    yml: { type: 'blob' },
    yaml: null,
    associatedPullRequests: page([]),
    ...checks([]),
    ...change,
  }
}

export function tag(name: string, oid: string, annotated = true): Piece {
  const commit = { __typename: 'Commit', oid, committedDate: '2026-01-01T00:00:00Z' }
  return { name, target: annotated ? { __typename: 'Tag', oid: `tag-${name}`, target: commit } : commit }
}

export function deployment(change: Piece = {}): Piece {
  return {
    databaseId: 70,
    environment: 'staging',
    commitOid: 'm2',
    createdAt: '2026-01-03T00:00:00Z',
    payload: JSON.stringify(
      JSON.stringify({ waybill: { environment: 'staging', tag: 'v1.0.0', attempt: 1, wish: null, by: null } }),
    ),
    creator: bot(77, 'waybill'),
    ref: { name: 'v1.0.0', prefix: 'refs/tags/' },
    latestStatus: { id: 's2' },
    statuses: page([
      {
        id: 's1',
        state: 'IN_PROGRESS',
        createdAt: '2026-01-03T00:01:00Z',
        description: null,
        logUrl: null,
        creator: null,
        environmentUrl: null,
      },
      {
        id: 's2',
        state: 'SUCCESS',
        createdAt: '2026-01-03T00:01:00Z',
        description: 'ok',
        logUrl: null,
        creator: null,
        environmentUrl: 'https://shop.example',
      },
    ]),
    ...change,
  }
}

export function lineAnswer(change: Piece = {}, beside: Piece = {}): Piece {
  const json = {
    databaseId: 5,
    url: 'https://github.com/acme/shop',
    defaultBranchRef: { name: 'main' },
    ref: { target: { ...target({ oid: 'm2' }), history: page([lineCommit('m2', 'm1'), lineCommit('m1', null)]) } },
    open: page([]),
    refs: page([]),
    releases: page([]),
    ...change,
  }
  return { data: { repository: json, organisation: null, ...beside } }
}
