import type { AuditRow } from '../model/audit.ts'

const columns = [
  'number',
  'at',
  'repository_id',
  'repository',
  'action',
  'actor_id',
  'actor',
  'subject',
  'version',
  'sha',
  'environment',
  'policy',
  'reason',
  'evidence',
  'key',
  'previous',
  'hash',
] as const

export function csvHeader(): string {
  return `${columns.join(',')}\r\n`
}

/** One row (RFC 4180). `at` is ISO 8601, evidence one entry a line. */
export function csvRow(row: AuditRow, at: string): string {
  const values: Readonly<Record<(typeof columns)[number], string | number | null>> = {
    ...row,
    at,
    repository_id: row.repositoryId,
    actor_id: row.actor?.id ?? null,
    actor: row.actor?.login ?? null,
    evidence: row.evidence.join('\n'),
  }
  return `${columns.map((column) => cell(values[column])).join(',')}\r\n`
}

/**
 * A cell that no spreadsheet takes for a formula: whatever begins like one gets an apostrophe in front, which
 * spreadsheets read as "this is text" (owasp.org/www-community/attacks/CSV_Injection).
 */
function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^(?:[\t\r]|\s*[=+\-@|%＝＋－＠])/.test(value) ? `'${value}` : value
  return `"${safe.replaceAll('"', '""')}"`
}
