import { parseCommand } from '../model/command.ts'
import type { NewWish } from '../reconcile/world/inbox.ts'
import type { Delivered } from './clue.ts'
import { fields, idOf, nameOf, timeOf } from './narrow.ts'

/** What a person's comment on a pull request asks for; null for any other comment, and for one that commands nothing. */
export function wishOf(at: Delivered): NewWish | null {
  const issue = fields(at.given['issue'])
  const comment = fields(at.given['comment'])
  const user = fields(comment?.['user'])
  const number = idOf(issue?.['number'])
  const commentId = idOf(comment?.['id'])
  const commentNodeId = nameOf(comment?.['node_id'])
  const writtenAt = timeOf(comment?.['created_at'])
  const id = idOf(user?.['id'])
  const login = nameOf(user?.['login'])
  const body = comment?.['body']
  if (fields(issue?.['pull_request']) === null || user?.['type'] !== 'User' || typeof body !== 'string') return null
  if (number === null || commentId === null || commentNodeId === null || writtenAt === null) return null
  if (id === null || login === null || parseCommand(body) === null) return null
  const by = { id, login, kind: 'user' } as const
  return { repositoryId: at.repository.id, pull: number, commentId, commentNodeId, press: null, by, writtenAt }
}
