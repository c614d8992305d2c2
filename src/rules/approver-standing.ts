import type { Account } from '../model/account.ts'
import type { People } from '../model/config-schema.ts'
import type { Lookup } from '../model/lookup.ts'

/** Whether somebody is among the approvers. Write access is asked of everybody before this. */
export type Standing =
  | { readonly kind: 'approver' }
  | { readonly kind: 'none' }
  | { readonly kind: 'unread'; readonly team: string; readonly cause: string }

/** A membership that can't be read never says yes; it says no only when nothing else may say yes. */
export function approverStanding(
  approvers: People,
  account: Account | null,
  members: ReadonlyMap<string, Lookup<readonly number[]>>,
): Standing {
  if (account === null || approvers === 'nobody') return { kind: 'none' }
  if (approvers === 'write-access') return { kind: 'approver' }
  let standing: Standing = { kind: 'none' }
  for (const entry of approvers) {
    if (!entry.startsWith('@')) {
      if (entry.toLowerCase() === account.login.toLowerCase()) return { kind: 'approver' }
      continue
    }
    const team = members.get(entry)
    if (team?.kind === 'found' && team.value.includes(account.id)) return { kind: 'approver' }
    if (team?.kind !== 'found') standing = { kind: 'unread', team: entry, cause: causeOf(team) }
  }
  return standing
}

function causeOf(team: Lookup<readonly number[]> | undefined): string {
  if (team === undefined) return 'its members were not read'
  return team.kind === 'unknown' ? team.cause : 'GitHub knows no team of this name'
}
