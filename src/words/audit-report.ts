import type { AuditException } from '../model/audited.ts'
import { plain } from './inert.ts'
import { utcTime } from './utc-time.ts'

/** A report as plain lines for a terminal. */
export function auditReport(report: {
  readonly repository: string
  readonly merges: number
  readonly deployments: number
  readonly exceptions: readonly AuditException[]
}): string {
  const { repository, merges, deployments, exceptions } = report
  const head = `${plain(repository)}: ${count(merges, 'merge')}, ${count(deployments, 'production deployment')}, ${count(exceptions.length, 'exception')}`
  return `${[head, ...exceptions.map(exceptionLine)].join('\n')}\n`
}

function count(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? '' : 's'}`
}

function exceptionLine({ kind, at, what, who, reason, row }: AuditException): string {
  const where = row === null ? 'not in the log' : `row ${row}`
  return `  ${utcTime(at)}  ${kind}  ${plain(what)}  by ${plain(who ?? 'nobody known')}  (${where})  ${plain(reason)}`
}
