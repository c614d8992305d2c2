import { isPromoteIdentifier } from '../model/press.ts'
import type { NewWish } from '../reconcile/world/inbox.ts'
import type { Delivered } from './clue.ts'
import { fields, idOf, nameOf, shaOf } from './narrow.ts'

/** The wish in a person's press of a button of ours that promotes; null for anything else. */
export function pressOf({ repository, given, own, action }: Delivered, delivery: string): NewWish | null {
  const run = fields(given['check_run'])
  const sender = fields(given['sender'])
  if (action !== 'requested_action' || fields(run?.['app'])?.['id'] !== own.appId) return null
  const identifier = nameOf(fields(given['requested_action'])?.['identifier'])
  const checkRun = idOf(run?.['id'])
  const sha = shaOf(run?.['head_sha'])
  const id = idOf(sender?.['id'])
  const login = nameOf(sender?.['login'])
  if (identifier === null || checkRun === null || sha === null || id === null || login === null) return null
  if (sender?.['type'] !== 'User' || !isPromoteIdentifier(identifier)) return null
  const press = { delivery, checkRun, sha, identifier }
  const by = { id, login, kind: 'user' } as const
  return { repositoryId: repository.id, pull: 0, commentId: 0, commentNodeId: '', press, by, writtenAt: 0 }
}
