import type { AuditRow } from '../model/audit.ts'
import { plain } from './inert.ts'
import { utcTime } from './utc-time.ts'

/** An entry as one line for a terminal; no control characters of anybody's. */
function auditLine(row: AuditRow): string {
  const who = row.actor === null ? 'Waybill' : `${row.actor.login} (${row.actor.id})`
  const what = [row.action, row.version, row.environment === null ? null : `to ${row.environment}`]
  const about = [row.subject, row.sha?.slice(0, 12) ?? null].filter((one) => one !== null).join(' ')
  const words = what.filter((one) => one !== null).join(' ')
  const parts = [row.repository, who, words, about, row.reason].map(plain)
  return [row.number, utcTime(row.at), ...parts].join('  ')
}

/** The same with all that was known. */
export function auditDetails(row: AuditRow): string {
  const facts = [`policy ${row.policy ?? 'none'}`, ...row.evidence].map((one) => `    ${plain(one)}`)
  return [auditLine(row), ...facts].join('\n')
}
