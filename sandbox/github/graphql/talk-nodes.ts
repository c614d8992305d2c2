import { includes, permissionOf } from '../authorise.ts'
import { associationOf } from '../rest/author-association.ts'
import { iso } from '../rest/iso.ts'
import { repositoryPage } from '../rest/serialize-repository.ts'
import type { IssueComment, PullRequest, Review } from '../state/pull-request.ts'
import type { GraphNode } from './connection.ts'
import { demand, type Graph } from './graph.ts'

/** PullRequestReview. */
export function reviewNode(graph: Graph, pull: PullRequest, review: Review): GraphNode {
  const { state, nodes, actor } = graph
  const { repository, number } = pull
  const url = `${repositoryPage(state, repository)}/pull/${number}#pullrequestreview-${review.id}`
  const submittedAt = iso(review.submittedAt)
  return {
    __typename: 'PullRequestReview',
    id: review.nodeId,
    databaseId: review.id,
    fullDatabaseId: String(review.id),
    state: review.state,
    body: review.body,
    submittedAt,
    createdAt: submittedAt,
    publishedAt: submittedAt,
    updatedAt: iso(review.dismissal?.at ?? review.submittedAt),
    url,
    resourcePath: url.slice(state.url.length),
    author: () => nodes.user(review.user),
    authorAssociation: associationOf(repository, review.user),
    authorCanPushToRepository: includes(permissionOf(repository, review.user.id), 'write'),
    commit: () => nodes.commit(repository, review.commitOid),
    pullRequest: () => nodes.pull(pull),
    repository: () => nodes.repository(repository),
    viewerDidAuthor: review.user.id === actor.user.id,
    lastEditedAt: null,
    isMinimized: false,
  }
}

export function commentNode(graph: Graph, comment: IssueComment): GraphNode {
  demand(graph, 'issues:read', 'pull_requests:read')
  const { state, nodes, actor } = graph
  const { pull, edited } = comment
  const url = `${repositoryPage(state, pull.repository)}/pull/${pull.number}#issuecomment-${comment.id}`
  return {
    __typename: 'IssueComment',
    id: comment.nodeId,
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    body: comment.body,
    author: () => nodes.user(comment.user),
    authorAssociation: associationOf(pull.repository, comment.user),
    createdAt: iso(comment.createdAt),
    publishedAt: iso(comment.createdAt),
    updatedAt: iso(comment.updatedAt),
    lastEditedAt: iso(edited?.at),
    editor: () => (edited === undefined ? null : nodes.user(edited.by)),
    includesCreatedEdit: edited !== undefined,
    url,
    resourcePath: url.slice(state.url.length),
    viewerDidAuthor: comment.user.id === actor.user.id,
    isMinimized: false,
    minimizedReason: null,
    pullRequest: () => nodes.pull(pull),
    repository: () => nodes.repository(pull.repository),
  }
}
