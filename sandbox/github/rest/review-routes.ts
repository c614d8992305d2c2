import { dismissReview, requestReviews, submitReview } from '../acts/review-pull.ts'
import { invalid, notFound } from '../refusal.ts'
import { created, list, needText, ok, parameter, type RepositoryCall, type RepositoryRoutes, text } from './call.ts'
import { findPull } from './find-pull.ts'
import { paginate } from './paginate.ts'
import { serializeReview, serializeSimplePull } from './serialize-pull.ts'

export const reviewRoutes: RepositoryRoutes = {
  'GET /pulls/{pull_number}/reviews': { app: ['pull_requests:read'], person: 'read', handle: listReviews },
  'POST /pulls/{pull_number}/reviews': { app: ['pull_requests:write'], person: 'read', handle: submit },
  'PUT /pulls/{pull_number}/reviews/{review_id}/dismissals': {
    app: ['pull_requests:write'],
    person: 'write',
    handle: dismiss,
  },
  'POST /pulls/{pull_number}/requested_reviewers': { app: ['pull_requests:write'], person: 'write', handle: request },
}

const states = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' } as const

function listReviews(call: RepositoryCall) {
  const pull = findPull(call)
  return paginate(call, pull.reviews, (review) => serializeReview(call.state, pull, review))
}

function submit(call: RepositoryCall) {
  const { state, actor } = call
  const pull = findPull(call)
  const event = text(call, 'event')
  if (event !== 'APPROVE' && event !== 'REQUEST_CHANGES' && event !== 'COMMENT') {
    throw invalid(['The sandbox knows no pending reviews: event must be APPROVE, REQUEST_CHANGES or COMMENT'])
  }
  const wanted = { state: states[event], body: text(call, 'body') ?? '', commitOid: text(call, 'commit_id') }
  return ok(serializeReview(state, pull, submitReview(state, pull, { wanted, actor })))
}

function dismiss(call: RepositoryCall) {
  const { state, actor } = call
  const pull = findPull(call)
  const review = pull.reviews.find(({ id }) => id === Number(parameter(call, 'review_id')))
  if (review === undefined) throw notFound()
  dismissReview(state, pull, { review, message: needText(call, 'message'), actor })
  return ok(serializeReview(state, pull, review))
}

async function request(call: RepositoryCall) {
  const { state, actor, repository } = call
  const pull = findPull(call)
  const logins = list(call, 'reviewers') ?? []
  const slugs = list(call, 'team_reviewers') ?? []
  const users = state.users.filter(({ id, login }) => logins.includes(login) && repository.permissions.has(id))
  const teams = repository.owner.teams.filter(({ slug }) => slugs.includes(slug))
  if (users.length < logins.length || teams.length < slugs.length) {
    throw invalid(['Reviews may only be requested from collaborators.'], 'Unprocessable Entity')
  }
  if (users.includes(pull.user)) {
    throw invalid(['Review cannot be requested from pull request author.'], 'Unprocessable Entity')
  }
  await requestReviews(state, pull, { users, teams, actor })
  return created(serializeSimplePull(state, pull))
}
