import { listChanges } from '../git/changes.ts'
import { mergeBase } from '../git/commits.ts'
import { mergeStateOf } from '../merge-state.ts'
import { listPullCommits } from '../pull-commits.ts'
import type { PullRequest, Review } from '../state/pull-request.ts'
import type { Repository } from '../state/repository.ts'
import type { State } from '../state.ts'
import { associationOf } from './author-association.ts'
import { iso } from './iso.ts'
import { serializeLabel } from './serialize-label.ts'
import { repositoryPage, repositoryUrl, serializeRepository } from './serialize-repository.ts'
import { serializeOwner, serializeTeam, serializeUser } from './serialize-user.ts'

/** `pull-request-simple`, as lists and webhooks about reviews carry it. */
export function serializeSimplePull(state: State, pull: PullRequest) {
  const { repository, number, user } = pull
  const people = pull.requestedReviewers.map((one) => serializeUser(state, one))
  const teams = pull.requestedTeams.map((one) => serializeTeam(state, repository.owner, one))
  return {
    ...links(state, pull),
    id: pull.id,
    node_id: pull.nodeId,
    number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: serializeUser(state, user),
    body: pull.body ?? null,
    created_at: iso(pull.createdAt),
    updated_at: iso(pull.updatedAt),
    closed_at: iso(pull.closedAt),
    merged_at: iso(pull.mergedAt),
    merge_commit_sha: pull.mergeCommitSha ?? null,
    assignee: pull.assignees[0] === undefined ? null : serializeUser(state, pull.assignees[0]),
    assignees: pull.assignees.map((one) => serializeUser(state, one)),
    requested_reviewers: people,
    requested_teams: teams,
    labels: pull.labels.map((label) => serializeLabel(state, repository, label)),
    milestone: null,
    draft: pull.draft,
    head: serializeSide(state, { ...pull.head, owner: repository }),
    base: serializeSide(state, { ...pull.base, repository, owner: repository }),
    author_association: associationOf(repository, user),
    auto_merge: null,
    active_lock_reason: null,
  }
}

/** `pull-request`, with what git has to be asked for. */
export async function serializePull(state: State, pull: PullRequest) {
  return { ...(await serializePullOfEvent(state, pull)), ...(await mergeability(pull)) }
}

/** The same as webhooks carry it: whether it can be merged is not known yet. */
export async function serializePullOfEvent(state: State, pull: PullRequest) {
  const { path } = pull.repository
  const [commits, from] = await Promise.all([listPullCommits(pull), mergeBase(path, pull.base.sha, pull.head.sha)])
  const changes = await listChanges(path, from, pull.head.sha)
  return {
    ...serializeSimplePull(state, pull),
    merged: pull.merged,
    mergeable: null,
    rebaseable: null,
    mergeable_state: 'unknown',
    merged_by: pull.mergedBy === undefined ? null : serializeUser(state, pull.mergedBy),
    comments: pull.repository.comments.filter((comment) => comment.pull === pull).length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: commits.length,
    additions: changes.reduce((sum, { additions }) => sum + additions, 0),
    deletions: changes.reduce((sum, { deletions }) => sum + deletions, 0),
    changed_files: changes.length,
  }
}

/** `pull-request-review`. Webhooks write the state in small letters. */
export function serializeReview(state: State, pull: PullRequest, review: Review) {
  const pullUrl = `${repositoryUrl(state, pull.repository)}/pulls/${pull.number}`
  const page = `${repositoryPage(state, pull.repository)}/pull/${pull.number}#pullrequestreview-${review.id}`
  return {
    id: review.id,
    node_id: review.nodeId,
    user: serializeUser(state, review.user),
    body: review.body,
    state: review.state,
    html_url: page,
    pull_request_url: pullUrl,
    author_association: associationOf(pull.repository, review.user),
    _links: { html: { href: page }, pull_request: { href: pullUrl } },
    submitted_at: iso(review.submittedAt),
    commit_id: review.commitOid,
  }
}

async function mergeability(pull: PullRequest) {
  if (pull.state === 'closed') return {}
  const { mergeable, mergeableState } = await mergeStateOf(pull)
  return { mergeable, rebaseable: mergeable, mergeable_state: mergeableState }
}

function serializeSide(
  state: State,
  side: {
    readonly ref: string
    readonly sha: string
    readonly repository: Repository | undefined
    readonly owner: Repository
  },
) {
  const { owner } = side.repository ?? side.owner
  return {
    label: `${owner.login}:${side.ref}`,
    ref: side.ref,
    sha: side.sha,
    user: serializeOwner(state, owner),
    repo: side.repository === undefined ? null : serializeRepository(state, side.repository),
  }
}

function links(state: State, { repository, number, head }: PullRequest) {
  const base = repositoryUrl(state, repository)
  const page = `${repositoryPage(state, repository)}/pull/${number}`
  const urls = {
    url: `${base}/pulls/${number}`,
    html_url: page,
    issue_url: `${base}/issues/${number}`,
    comments_url: `${base}/issues/${number}/comments`,
    review_comments_url: `${base}/pulls/${number}/comments`,
    review_comment_url: `${base}/pulls/comments{/number}`,
    commits_url: `${base}/pulls/${number}/commits`,
    statuses_url: `${base}/statuses/${head.sha}`,
  }
  return {
    ...urls,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    _links: {
      self: { href: urls.url },
      html: { href: page },
      issue: { href: urls.issue_url },
      comments: { href: urls.comments_url },
      review_comments: { href: urls.review_comments_url },
      review_comment: { href: urls.review_comment_url },
      commits: { href: urls.commits_url },
      statuses: { href: urls.statuses_url },
    },
  }
}
