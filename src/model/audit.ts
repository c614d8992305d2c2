import type { AuditEntry } from './audit-entry.ts'

/** One line of the audit log as it is kept. Numbers are without gaps, over all repositories of one database. */
export type AuditRow = Omit<AuditEntry, never> & {
  readonly number: number
  readonly repositoryId: number
  /** `owner/name` at that time; the id is what counts. */
  readonly repository: string
  /** ms, UTC, by the database's clock. */
  readonly at: number
  /** The blob or commit of the configuration that was in force; null where none was. */
  readonly policy: string | null
  /** The hash of the row before; empty for the first one. */
  readonly previous: string
  readonly hash: string
}

/** The newest row: whoever knows it can tell whether rows were taken away or changed since. */
export type ChainHead = { readonly number: number; readonly hash: string }

/** Before anything was written. */
export const noHead: ChainHead = { number: 0, hash: '' }

/**
 * What a row's hash (SHA-256, in hex) is made of: the hash before it, a line feed, and the row's values as a JSON array
 * without spaces. Docs/audit.md names their order, so that anybody can compute it again.
 */
export function chainText(row: Omit<AuditRow, 'hash'>): string {
  const { number, at, repositoryId, repository, key, action, actor, subject, version, sha, environment } = row
  const values = [
    number,
    at,
    repositoryId,
    repository,
    key,
    action,
    actor?.id ?? null,
    actor?.login ?? null,
    subject,
    version,
    sha,
    environment,
    row.policy,
    row.reason,
    row.evidence,
  ]
  return `${row.previous}\n${JSON.stringify(values)}`
}

/** The head as it is written outside the database: into a tag's message, and a deployment's payload. */
export function sealOf({ number, hash }: ChainHead): string {
  return `${number}:${hash}`
}

/** The last seal in a text; null where there is none. A seal in the middle of a line is somebody's talk. */
export function parseSeal(text: string): ChainHead | null {
  const [, number = '', hash = ''] = [...text.matchAll(/^Waybill-Audit: (\d{1,15}):([0-9a-f]{64})$/gm)].at(-1) ?? []
  return hash === '' ? null : { number: Number(number), hash }
}

/** The same of a deployment's payload. */
export function parsePayloadSeal(value: unknown): ChainHead | null {
  return typeof value === 'string' ? parseSeal(`Waybill-Audit: ${value}`) : null
}
