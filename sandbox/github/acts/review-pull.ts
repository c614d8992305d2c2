import { nodeId } from '../node-id.ts'
import { invalid } from '../refusal.ts'
import { serializeReview, serializeSimplePull } from '../rest/serialize-pull.ts'
import { serializeTeam, serializeUser } from '../rest/serialize-user.ts'
import type { Actor, Team, User } from '../state/accounts.ts'
import type { PullRequest, Review, ReviewState } from '../state/pull-request.ts'
import type { State } from '../state.ts'
import { emit, emitPull } from './emit.ts'
import { note } from './timeline.ts'

export type NewReview = {
  readonly state: Extract<ReviewState, 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED'>
  readonly body: string
  /** The commit that was reviewed; undefined = the head. */
  readonly commitOid: string | undefined
}

/** Submits a review. Nobody approves, or asks for changes on, a pull request of their own: 422. */
export function submitReview(
  state: State,
  pull: PullRequest,
  { wanted, actor }: { readonly wanted: NewReview; readonly actor: Actor },
): Review {
  if (actor.user === pull.user && wanted.state !== 'COMMENTED') {
    const what = wanted.state === 'APPROVED' ? 'approve' : 'request changes on'
    throw invalid([`Can not ${what} your own pull request`], 'Unprocessable Entity')
  }
  if (wanted.state !== 'APPROVED' && wanted.body === '') {
    throw invalid(['Body can not be blank'], 'Unprocessable Entity')
  }
  const id = state.nextId()
  const review: Review = {
    id,
    nodeId: nodeId('PullRequestReview', id),
    user: actor.user,
    state: wanted.state,
    body: wanted.body,
    commitOid: wanted.commitOid ?? pull.head.sha,
    submittedAt: state.now(),
    dismissal: undefined,
  }
  pull.reviews.push(review)
  const asked = pull.requestedReviewers.indexOf(actor.user)
  if (asked >= 0) pull.requestedReviewers.splice(asked, 1)
  note(state, pull, { actor: actor.user, fact: { kind: 'review', review } })
  emitReview(state, pull, { review, action: 'submitted', sender: actor.user })
  return review
}

/** Dismisses an approval or a change request; anything else is a 422. */
export function dismissReview(
  state: State,
  pull: PullRequest,
  { review, message, actor }: { readonly review: Review; readonly message: string; readonly actor: Actor },
): void {
  if (review.state !== 'APPROVED' && review.state !== 'CHANGES_REQUESTED') {
    throw invalid([`Can not dismiss a ${review.state.toLowerCase()} pull request review`], 'Unprocessable Entity')
  }
  review.state = 'DISMISSED'
  review.dismissal = { by: actor.user, message, at: state.now() }
  note(state, pull, { actor: actor.user, fact: { kind: 'review_dismissed', review, message } })
  emitReview(state, pull, { review, action: 'dismissed', sender: actor.user })
}

/** Asks people and teams for a review; one `review_requested` event for each that was not asked already. */
export async function requestReviews(
  state: State,
  pull: PullRequest,
  asked: { readonly users: readonly User[]; readonly teams: readonly Team[]; readonly actor: Actor },
): Promise<void> {
  const sender = asked.actor.user
  for (const reviewer of asked.users.filter((user) => !pull.requestedReviewers.includes(user))) {
    pull.requestedReviewers.push(reviewer)
    note(state, pull, { actor: sender, fact: { kind: 'review_requested', reviewer } })
    const more = { requested_reviewer: serializeUser(state, reviewer) }
    await emitPull(state, { pull, action: 'review_requested', sender, more })
  }
  for (const reviewer of asked.teams.filter((team) => !pull.requestedTeams.includes(team))) {
    pull.requestedTeams.push(reviewer)
    note(state, pull, { actor: sender, fact: { kind: 'review_requested', reviewer } })
    const more = { requested_team: serializeTeam(state, pull.repository.owner, reviewer) }
    await emitPull(state, { pull, action: 'review_requested', sender, more })
  }
}

function emitReview(
  state: State,
  pull: PullRequest,
  { review, action, sender }: { readonly review: Review; readonly action: string; readonly sender: User },
): void {
  const serialized = serializeReview(state, pull, review)
  const payload = {
    action,
    review: { ...serialized, state: review.state.toLowerCase() },
    pull_request: serializeSimplePull(state, pull),
  }
  emit(state, { name: 'pull_request_review', repository: pull.repository, sender, payload })
}
