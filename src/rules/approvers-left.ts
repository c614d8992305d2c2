import type { People } from '../model/config-schema.ts'
import type { Implementers } from '../model/implementers.ts'
import type { Lookup } from '../model/lookup.ts'
import { isLogin } from '../model/named-logins.ts'

type Known = {
  readonly wrote: Implementers
  readonly members: ReadonlyMap<string, Lookup<readonly number[]>>
}

/**
 * How many of the approvers may have written no part of a change. Nobody counts the members of a team, nor everybody who
 * may write: these are never too few.
 */
export function approversLeft(approvers: People, { wrote, members }: Known): number {
  if (approvers === 'nobody') return 0
  if (approvers === 'write-access') return Number.POSITIVE_INFINITY
  const writers = new Set(wrote.known.map(({ account }) => account.id))
  const left = approvers.map((entry) => {
    if (!isLogin(entry)) return Number.POSITIVE_INFINITY
    const named = members.get(entry.toLowerCase())
    if (named?.kind === 'absent') return 0
    return named?.kind === 'found' && named.value.every((id) => writers.has(id)) ? 0 : 1
  })
  return left.reduce((sum, one) => sum + one, 0)
}
