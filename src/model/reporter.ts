import type { People } from './config-schema.ts'
import type { DeploymentStatus } from './deployment.ts'
import type { Lookup } from './lookup.ts'

/** For each `@org/team` that reports: the ids of those who reported and are in it. */
export type Reporting = ReadonlyMap<string, Lookup<readonly number[]>>

/**
 * May this account report how a deployment goes? Waybill itself always may; GitHub lets nobody without write access. Null:
 * it can't be read now.
 */
export function isReporter(people: People, by: DeploymentStatus['by'], reporting: Reporting): boolean | null {
  if (by === 'waybill' || people === 'write-access') return true
  if (people === 'nobody' || by === null) return false
  let unread = false
  for (const entry of people) {
    if (entry.toLowerCase() === by.login.toLowerCase()) return true
    const members = reporting.get(entry)
    if (members?.kind === 'found' && members.value.includes(by.id)) return true
    unread ||= members?.kind === 'unknown'
  }
  return unread ? null : false
}
