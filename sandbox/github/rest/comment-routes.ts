import { changeAssignees } from '../acts/change-assignees.ts'
import { addLabels, removeLabel } from '../acts/change-pull.ts'
import { createComment, deleteComment, editComment, react } from '../acts/comment-pull.ts'
import { includes, permissionOf } from '../authorise.ts'
import { invalid, notFound, Refusal } from '../refusal.ts'
import type { IssueComment, Reaction } from '../state/pull-request.ts'
import { created, list, needText, ok, parameter, query, type RepositoryCall, type RepositoryRoutes } from './call.ts'
import { findPull } from './find-pull.ts'
import { paginate } from './paginate.ts'
import { serializeComment, serializeIssue, serializeReaction } from './serialize-comment.ts'
import { serializeLabel } from './serialize-label.ts'

/** For comments on pull requests GitHub takes either permission. */
const reads = { app: ['issues:read', 'pull_requests:read'], person: 'read' } as const
const writes = { app: ['issues:write', 'pull_requests:write'], person: 'read' } as const

export const commentRoutes: RepositoryRoutes = {
  'GET /issues/{issue_number}/comments': { ...reads, handle: listComments },
  'POST /issues/{issue_number}/comments': {
    ...writes,
    handle: (call) => {
      const { state, actor } = call
      const body = needText(call, 'body')
      if (body.trim() === '') throw invalid([{ resource: 'IssueComment', code: 'missing_field', field: 'body' }])
      return created(serializeComment(state, createComment(state, findPull(call), { body, actor })))
    },
  },
  'GET /issues/comments/{comment_id}': {
    ...reads,
    handle: (call) => ok(serializeComment(call.state, findComment(call))),
  },
  'PATCH /issues/comments/{comment_id}': { ...writes, handle: edit },
  'DELETE /issues/comments/{comment_id}': { ...writes, handle: erase },
  'POST /issues/comments/{comment_id}/reactions': { ...writes, handle: reactTo },
  'GET /issues/comments/{comment_id}/reactions': {
    ...reads,
    handle: (call) => paginate(call, findComment(call).reactions, (one) => serializeReaction(call.state, one)),
  },
  'POST /issues/{issue_number}/labels': { ...writes, person: 'triage', handle: label },
  'POST /issues/{issue_number}/assignees': { ...writes, person: 'triage', handle: assign },
  'DELETE /issues/{issue_number}/assignees': { ...writes, person: 'triage', handle: unassign },
  'DELETE /issues/{issue_number}/labels/{name}': { ...writes, person: 'triage', handle: unlabel },
}

function listComments(call: RepositoryCall) {
  const pull = findPull(call)
  const since = Date.parse(query(call, 'since') ?? '') || 0
  const comments = call.repository.comments.filter((one) => one.pull === pull && one.updatedAt >= since)
  return paginate(call, comments, (one) => serializeComment(call.state, one))
}

function edit(call: RepositoryCall) {
  const { state, actor } = call
  const comment = needOwnComment(call)
  editComment(state, comment, { body: needText(call, 'body'), actor })
  return ok(serializeComment(state, comment))
}

function erase(call: RepositoryCall) {
  deleteComment(call.state, needOwnComment(call), call.actor)
  return { status: 204 }
}

/** People change their own comments, those who maintain also others'; an App only its own. */
function needOwnComment(call: RepositoryCall): IssueComment {
  const { actor, repository, principal } = call
  const comment = findComment(call)
  const maintains = principal?.kind === 'person' && includes(permissionOf(repository, principal.user.id), 'maintain')
  if (comment.user !== actor.user && !maintains) {
    throw new Refusal(
      403,
      actor.app === undefined ? 'Must have admin rights to Repository.' : 'Resource not accessible by integration',
    )
  }
  return comment
}

function reactTo(call: RepositoryCall) {
  const content = contents.find((one) => one === call.body['content'])
  if (content === undefined) throw invalid([{ resource: 'Reaction', code: 'invalid', field: 'content' }])
  const { reaction, isNew } = react(call.state, findComment(call), { content, user: call.actor.user })
  return { status: isNew ? 201 : 200, body: serializeReaction(call.state, reaction) }
}

const contents: readonly Reaction['content'][] = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes']

/** People who may not read the repository are left out, as GitHub does. */
async function assign(call: RepositoryCall) {
  const pull = findPull(call)
  await changeAssignees(call.state, pull, { add: assigneesIn(call), remove: [], actor: call.actor })
  return created(serializeIssue(call.state, pull))
}

async function unassign(call: RepositoryCall) {
  const pull = findPull(call)
  await changeAssignees(call.state, pull, { add: [], remove: assigneesIn(call), actor: call.actor })
  return ok(serializeIssue(call.state, pull))
}

function assigneesIn(call: RepositoryCall) {
  const logins = (list(call, 'assignees') ?? []).map(String)
  return call.state.users.filter(({ id, login }) => logins.includes(login) && call.repository.permissions.has(id))
}

async function label(call: RepositoryCall) {
  const { state, actor, repository } = call
  const pull = findPull(call)
  const given = list(call, 'labels') ?? list(call, 'list') ?? []
  await addLabels(state, pull, { names: given.map(nameOf), actor })
  return ok(pull.labels.map((one) => serializeLabel(state, repository, one)))
}

function nameOf(given: unknown): string {
  if (typeof given === 'object' && given !== null && 'name' in given) return String(given.name)
  return String(given)
}

async function unlabel(call: RepositoryCall) {
  const { state, actor, repository } = call
  const pull = findPull(call)
  if (!(await removeLabel(state, pull, { name: parameter(call, 'name'), actor })))
    throw new Refusal(404, 'Label does not exist')
  return ok(pull.labels.map((one) => serializeLabel(state, repository, one)))
}

function findComment(call: RepositoryCall): IssueComment {
  const id = Number(parameter(call, 'comment_id'))
  const comment = call.repository.comments.find((one) => one.id === id)
  if (comment === undefined) throw notFound()
  return comment
}
