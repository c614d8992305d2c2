import type { Account } from './account.ts'
import type { People } from './config-schema.ts'
import type { DeploymentStatus } from './deployment.ts'
import type { Lookup } from './lookup.ts'
import { isLogin } from './named-logins.ts'

/** For each login that reports, in small letters, its account; for each `@org/team` the ids of those who reported and are in it. */
export type Reporting = ReadonlyMap<string, Lookup<readonly number[]>>

/**
 * May this account report how a deployment goes? Waybill itself always may; GitHub lets nobody without write access. Null:
 * it can't be read now.
 */
export function isReporter(people: People, by: DeploymentStatus['by'], reporting: Reporting): boolean | null {
  if (by === 'waybill' || people === 'write-access') return true
  if (people === 'nobody' || by === null) return false
  const answers = people.map((entry) => isMeant(entry, by, reporting))
  if (answers.includes(true)) return true
  return answers.includes(null) ? null : false
}

/** `slug[bot]` means an App; a plain name the user of that login, and an App only where there was no such user. */
function isMeant(entry: string, by: Account, reporting: Reporting): boolean | null {
  const name = entry.toLowerCase()
  const named = reporting.get(isLogin(entry) ? name : entry)
  if (by.kind === 'user') {
    if (named?.kind === 'found') return named.value.includes(by.id)
    return named?.kind === 'unknown' && (!isLogin(entry) || name === by.login.toLowerCase()) ? null : false
  }
  if (name.replace(/\[bot\]$/, '') !== by.login.toLowerCase()) return false
  if (!isLogin(entry)) return true
  return named?.kind === 'unknown' ? null : named?.kind !== 'found'
}
