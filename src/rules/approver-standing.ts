import type { Account } from '../model/account.ts'
import type { People } from '../model/config-schema.ts'
import { found, type Lookup } from '../model/lookup.ts'
import { isListed } from './is-listed.ts'

/** Whether somebody is among the approvers. Write access is asked of everybody before this. */
export type Standing =
  | { readonly kind: 'approver' }
  | { readonly kind: 'none' }
  /** The login is among them, and means another account. */
  | { readonly kind: 'another' }
  | { readonly kind: 'unread'; readonly team: string; readonly cause: string }

/** A membership that can't be read never says yes; it says no only when nothing else may say yes. */
export function approverStanding(
  approvers: People,
  account: Account | null,
  members: ReadonlyMap<string, Lookup<readonly number[]>>,
): Standing {
  if (account === null) return { kind: 'none' }
  if (approvers === 'write-access') return { kind: 'approver' }
  const listed = isListed(approvers, account, { members, writers: found([]) })
  if (listed === true) return { kind: 'approver' }
  if (listed === false) return { kind: 'none' }
  if (listed.kind === 'other-account') return { kind: 'another' }
  return { kind: 'unread', team: listed.team, cause: listed.cause }
}
