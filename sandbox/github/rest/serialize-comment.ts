import type { IssueComment, PullRequest, Reaction } from '../state/pull-request.ts'
import type { State } from '../state.ts'
import { associationOf } from './author-association.ts'
import { iso } from './iso.ts'
import { serializeAppOrNull } from './serialize-app.ts'
import { serializeLabel } from './serialize-label.ts'
import { repositoryPage, repositoryUrl } from './serialize-repository.ts'
import { serializeUser } from './serialize-user.ts'

/** `issue-comment`. */
export function serializeComment(state: State, comment: IssueComment) {
  const { pull, user, id } = comment
  const base = repositoryUrl(state, pull.repository)
  const url = `${base}/issues/comments/${id}`
  return {
    url,
    html_url: `${repositoryPage(state, pull.repository)}/pull/${pull.number}#issuecomment-${id}`,
    issue_url: `${base}/issues/${pull.number}`,
    id,
    node_id: comment.nodeId,
    user: serializeUser(state, user),
    created_at: iso(comment.createdAt),
    updated_at: iso(comment.updatedAt),
    author_association: associationOf(pull.repository, user),
    body: comment.body,
    reactions: rollUp(url, comment.reactions),
    performed_via_github_app: serializeAppOrNull(state, comment.viaApp),
  }
}

/** `reaction`. */
export function serializeReaction(state: State, { id, nodeId, user, content, createdAt }: Reaction) {
  return { id, node_id: nodeId, user: serializeUser(state, user), content, created_at: iso(createdAt) }
}

/** The issue that a pull request also is, as webhooks about comments carry it. */
export function serializeIssue(state: State, pull: PullRequest) {
  const { repository, number, user } = pull
  const base = repositoryUrl(state, repository)
  const page = `${repositoryPage(state, repository)}/pull/${number}`
  const url = `${base}/issues/${number}`
  const comments = repository.comments.filter((comment) => comment.pull === pull).length
  return {
    url,
    repository_url: base,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: page,
    id: pull.id,
    node_id: pull.nodeId,
    number,
    title: pull.title,
    user: serializeUser(state, user),
    labels: pull.labels.map((label) => serializeLabel(state, repository, label)),
    state: pull.state,
    locked: false,
    assignee: pull.assignees[0] === undefined ? null : serializeUser(state, pull.assignees[0]),
    assignees: pull.assignees.map((one) => serializeUser(state, one)),
    milestone: null,
    comments,
    created_at: iso(pull.createdAt),
    updated_at: iso(pull.updatedAt),
    closed_at: iso(pull.closedAt),
    author_association: associationOf(repository, user),
    active_lock_reason: null,
    draft: pull.draft,
    pull_request: pullLinks({ url: `${base}/pulls/${number}`, page, pull }),
    body: pull.body ?? null,
    reactions: rollUp(url, []),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
    state_reason: null,
  }
}

function pullLinks({ url, page, pull }: { readonly url: string; readonly page: string; readonly pull: PullRequest }) {
  const merged_at = iso(pull.mergedAt)
  return { url, html_url: page, diff_url: `${page}.diff`, patch_url: `${page}.patch`, merged_at }
}

function rollUp(url: string, reactions: readonly Reaction[]) {
  const count = (content: Reaction['content']) => reactions.filter((one) => one.content === content).length
  return {
    url: `${url}/reactions`,
    total_count: reactions.length,
    '+1': count('+1'),
    '-1': count('-1'),
    laugh: count('laugh'),
    hooray: count('hooray'),
    confused: count('confused'),
    heart: count('heart'),
    rocket: count('rocket'),
    eyes: count('eyes'),
  }
}
