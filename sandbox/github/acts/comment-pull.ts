import { nodeId } from '../node-id.ts'
import { serializeComment, serializeIssue } from '../rest/serialize-comment.ts'
import type { Actor, User } from '../state/accounts.ts'
import type { IssueComment, PullRequest, Reaction } from '../state/pull-request.ts'
import type { State } from '../state.ts'
import { emit } from './emit.ts'
import { note } from './timeline.ts'

/** Comments on a pull request. */
export function createComment(
  state: State,
  pull: PullRequest,
  { body, actor }: { readonly body: string; readonly actor: Actor },
): IssueComment {
  const id = state.nextId()
  const comment: IssueComment = {
    id,
    nodeId: nodeId('IssueComment', id),
    pull,
    body,
    user: actor.user,
    viaApp: actor.app,
    createdAt: state.now(),
    updatedAt: state.now(),
    edited: undefined,
    reactions: [],
  }
  pull.repository.comments.push(comment)
  note(state, pull, { actor: actor.user, fact: { kind: 'comment', comment } })
  emitComment(state, comment, { sender: actor.user, payload: { action: 'created' } })
  return comment
}

/** Changes a comment's text; the same text changes nothing. */
export function editComment(
  state: State,
  comment: IssueComment,
  { body, actor }: { readonly body: string; readonly actor: Actor },
): void {
  if (comment.body === body) return
  const changes = { body: { from: comment.body } }
  comment.body = body
  comment.updatedAt = state.now()
  comment.edited = { at: state.now(), by: actor.user }
  emitComment(state, comment, { sender: actor.user, payload: { action: 'edited', changes } })
}

/** Takes a comment away, from the pull request's timeline too. */
export function deleteComment(state: State, comment: IssueComment, { user }: Actor): void {
  const { pull } = comment
  const { comments } = pull.repository
  comments.splice(comments.indexOf(comment), 1)
  const at = pull.timeline.findIndex((item) => item.kind === 'comment' && item.comment === comment)
  if (at >= 0) pull.timeline.splice(at, 1)
  emitComment(state, comment, { sender: user, payload: { action: 'deleted' } })
}

/** Reacts to a comment; who has reacted so already keeps that reaction (`isNew` false). GitHub sends no event. */
export function react(
  state: State,
  comment: IssueComment,
  { content, user }: { readonly content: Reaction['content']; readonly user: User },
): { readonly reaction: Reaction; readonly isNew: boolean } {
  const known = comment.reactions.find((one) => one.user === user && one.content === content)
  if (known !== undefined) return { reaction: known, isNew: false }
  const id = state.nextId()
  const reaction = { id, nodeId: nodeId('Reaction', id), user, content, createdAt: state.now() }
  comment.reactions.push(reaction)
  return { reaction, isNew: true }
}

function emitComment(
  state: State,
  comment: IssueComment,
  { sender, payload }: { readonly sender: User; readonly payload: { readonly [key: string]: unknown } },
): void {
  const { pull } = comment
  const whole = { ...payload, issue: serializeIssue(state, pull), comment: serializeComment(state, comment) }
  emit(state, { name: 'issue_comment', repository: pull.repository, sender, payload: whole })
}
