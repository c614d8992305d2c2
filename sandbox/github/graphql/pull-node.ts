import { listChanges } from '../git/changes.ts'
import { mergeBase } from '../git/commits.ts'
import { mergeStateOf } from '../merge-state.ts'
import { nodeId } from '../node-id.ts'
import { associationOf } from '../rest/author-association.ts'
import { iso } from '../rest/iso.ts'
import { repositoryPage } from '../rest/serialize-repository.ts'
import type { Team } from '../state/accounts.ts'
import type { PullRequest, Review, ReviewThread } from '../state/pull-request.ts'
import type { Arguments } from './arguments.ts'
import { connection, type GraphNode } from './connection.ts'
import { demand, type Graph } from './graph.ts'
import { pullState } from './pull-connection.ts'
import { entryOf, isQueued } from './queue-nodes.ts'
import { rollupNode } from './rollup-node.ts'
import { timelineConnection } from './timeline-nodes.ts'

export function pullNode(graph: Graph, pull: PullRequest): GraphNode {
  demand(graph, 'pull_requests:read')
  return {
    ...aboutPull(graph, pull),
    ...branchesOf(graph, pull),
    ...mergeOf(graph, pull),
    ...peopleOf(graph, pull),
    ...reviewsOf(graph, pull),
    ...contentsOf(graph, pull),
  }
}

function aboutPull({ state, nodes, actor }: Graph, pull: PullRequest): GraphNode {
  const { repository, number } = pull
  const url = `${repositoryPage(state, repository)}/pull/${number}`
  return {
    __typename: 'PullRequest',
    id: pull.nodeId,
    databaseId: pull.id,
    fullDatabaseId: String(pull.id),
    number,
    title: pull.title,
    body: pull.body ?? '',
    url,
    permalink: url,
    resourcePath: url.slice(state.url.length),
    state: pullState(pull),
    closed: pull.state === 'closed',
    isDraft: pull.draft,
    locked: false,
    createdAt: iso(pull.createdAt),
    publishedAt: iso(pull.createdAt),
    updatedAt: iso(pull.updatedAt),
    closedAt: iso(pull.closedAt),
    repository: () => nodes.repository(repository),
    viewerDidAuthor: pull.user.id === actor.user.id,
    labels: (args: Arguments) =>
      connection(args, pull.labels, { key: byId, node: (label) => nodes.label(repository, label) }),
    comments: (args: Arguments) => {
      const comments = repository.comments.filter((comment) => comment.pull === pull)
      return connection(args, orderedBy(args, comments), { key: byId, node: nodes.comment })
    },
  }
}

function branchesOf({ nodes }: Graph, { repository, base, head }: PullRequest): GraphNode {
  return {
    baseRefName: base.ref,
    baseRefOid: base.sha,
    baseRef: () => nodes.ref(repository, `refs/heads/${base.ref}`),
    baseRepository: () => nodes.repository(repository),
    headRefName: head.ref,
    headRefOid: head.sha,
    headRef: () => (head.repository === undefined ? null : nodes.ref(head.repository, `refs/heads/${head.ref}`)),
    headRepository: () => (head.repository === undefined ? null : nodes.repository(head.repository)),
    headRepositoryOwner: () => (head.repository === undefined ? null : nodes.organisation(head.repository.owner)),
    isCrossRepository: head.repository !== repository,
  }
}

function mergeOf(graph: Graph, pull: PullRequest): GraphNode {
  const { nodes } = graph
  const open = pull.state === 'open'
  return {
    merged: pull.merged,
    mergedAt: iso(pull.mergedAt),
    mergedBy: () => (pull.mergedBy === undefined ? null : nodes.user(pull.mergedBy)),
    mergeCommit: () =>
      pull.mergeCommitSha === undefined || !pull.merged ? null : nodes.commit(pull.repository, pull.mergeCommitSha),
    mergeable: async () => (open ? ((await mergeStateOf(pull)).mergeable ? 'MERGEABLE' : 'CONFLICTING') : 'UNKNOWN'),
    mergeStateStatus: async () => (open ? (await mergeStateOf(pull)).mergeableState.toUpperCase() : 'UNKNOWN'),
    isInMergeQueue: isQueued(pull),
    isMergeQueueEnabled: pull.repository.mergeQueues.has(pull.base.ref),
    mergeQueueEntry: () => entryOf(graph, pull),
    autoMergeRequest: null,
  }
}

function peopleOf({ nodes }: Graph, pull: PullRequest): GraphNode {
  const requests = [
    ...pull.requestedReviewers.map((one) => ({ id: one.id, node: () => nodes.user(one) })),
    ...pull.requestedTeams.map((one) => ({ id: one.id, node: () => nodes.team(one, pull.repository.owner) })),
  ]
  const node = (request: { readonly id: number; readonly node: () => GraphNode }) => ({
    id: nodeId('ReviewRequest', `${pull.id}:${request.id}`),
    databaseId: request.id,
    asCodeOwner: false,
    requestedReviewer: request.node,
  })
  return {
    author: () => nodes.user(pull.user),
    authorAssociation: associationOf(pull.repository, pull.user),
    assignees: (args: Arguments) => connection(args, pull.assignees, { key: byId, node: nodes.user }),
    reviewRequests: (args: Arguments) => connection(args, requests, { key: byId, node }),
  }
}

function reviewsOf(graph: Graph, pull: PullRequest): GraphNode {
  const node = (review: Review) => graph.nodes.review(pull, review)
  const shown = pull.reviews.filter(({ state }) => state !== 'PENDING')
  return {
    reviews: (args: Arguments) => {
      const [states, author] = [args.texts('states'), args.text('author')]
      const found = shown.filter(
        ({ state, user }) => (states === undefined || states.includes(state)) && (author ?? user.login) === user.login,
      )
      return connection(args, found, { key: byId, node })
    },
    latestReviews: (args: Arguments) => connection(args, newestByUser(shown), { key: byId, node }),
    latestOpinionatedReviews: (args: Arguments) => {
      const opinions = newestByUser(shown.filter(({ state }) => state !== 'COMMENTED'))
      return connection(args, opinions, { key: byId, node })
    },
    reviewThreads: (args: Arguments) => connection(args, pull.threads, { key: byId, node: threadNode }),
    reviewDecision: decisionOf(newestByUser(shown.filter(({ state }) => state !== 'COMMENTED'))),
    timelineItems: (args: Arguments) => timelineConnection(graph, pull, args),
  }
}

/** A conversation, as far as anybody asks of it. */
export function threadNode({ nodeId: id, resolved }: ReviewThread): GraphNode {
  return { __typename: 'PullRequestReviewThread', id, isResolved: resolved }
}

function contentsOf(graph: Graph, pull: PullRequest): GraphNode {
  const { repository, head, base } = pull
  const changes = async () => {
    const from = await mergeBase(repository.path, base.sha, head.sha)
    return listChanges(repository.path, from, head.sha)
  }
  const count = async (key: 'additions' | 'deletions') => (await changes()).reduce((sum, one) => sum + one[key], 0)
  return {
    commits: async (args: Arguments) => {
      const shas = (await graph.pullCommits(pull)).map(({ sha }) => sha)
      const node = (sha: string) => pullCommitNode(graph, pull, sha)
      return connection(args, shas, { key: (sha) => sha, node })
    },
    files: async (args: Arguments) =>
      connection(args, await changes(), {
        key: ({ path }) => path,
        node: ({ path, additions, deletions, status }) => ({
          path,
          additions,
          deletions,
          changeType: changeTypes[status],
        }),
      }),
    additions: () => count('additions'),
    deletions: () => count('deletions'),
    changedFiles: async () => (await changes()).length,
    statusCheckRollup: () => rollupNode(graph, repository, head.sha),
  }
}

const changeTypes = { added: 'ADDED', removed: 'DELETED', modified: 'MODIFIED', renamed: 'RENAMED' } as const

/** A commit as it stands in a pull request. */
function pullCommitNode(graph: Graph, pull: PullRequest, sha: string): GraphNode {
  const url = `${repositoryPage(graph.state, pull.repository)}/pull/${pull.number}/commits/${sha}`
  return {
    __typename: 'PullRequestCommit',
    id: nodeId('PullRequestCommit', `${pull.id}:${sha}`),
    url,
    resourcePath: url.slice(graph.state.url.length),
    commit: () => graph.nodes.commit(pull.repository, sha),
    pullRequest: () => graph.nodes.pull(pull),
  }
}

/** `orderBy` of comments: by when they were last touched. */
function orderedBy<T extends { readonly updatedAt: number }>(args: Arguments, items: readonly T[]): readonly T[] {
  const order = args.object('orderBy')
  if (order === undefined) return items
  order.text('field')
  const sorted = items.toSorted((one, other) => one.updatedAt - other.updatedAt)
  return order.text('direction') === 'DESC' ? sorted.reverse() : sorted
}

function newestByUser(reviews: readonly Review[]): readonly Review[] {
  return reviews.filter((review, index) => !reviews.slice(index + 1).some(({ user }) => user === review.user))
}

function decisionOf(opinions: readonly Review[]): 'APPROVED' | 'CHANGES_REQUESTED' | null {
  if (opinions.some(({ state }) => state === 'CHANGES_REQUESTED')) return 'CHANGES_REQUESTED'
  return opinions.some(({ state }) => state === 'APPROVED') ? 'APPROVED' : null
}

function byId({ id }: Pick<Team, 'id'>): number {
  return id
}
