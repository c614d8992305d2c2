import type { AuditRow } from '../model/audit.ts'
import type { AuditException, AuditedDeployment, AuditedMerge } from '../model/audited.ts'
import type { ConfigChange } from '../model/config-change.ts'
import { isIn, type Period } from '../model/period.ts'

export type Audited = {
  readonly period: Period
  /** The repository's whole log: what let a merge through may be older than the period. */
  readonly rows: readonly AuditRow[]
  readonly merges: readonly AuditedMerge[]
  readonly deployments: readonly AuditedDeployment[]
  /** The commit every tag comes down to now, by its name. */
  readonly tags: ReadonlyMap<string, string>
  readonly policies: readonly PolicyChange[]
}

/** Another configuration came into force; `changes` is null where the two can't be compared. */
export type PolicyChange = {
  /** ms, UTC: of the first decision under it. */
  readonly at: number
  readonly from: string
  readonly to: string
  readonly changes: readonly ConfigChange[] | null
  readonly row: number
}

/** All that was merged and deployed to production in the period, held against the log. Oldest first. */
export function auditExceptions(audited: Audited): readonly AuditException[] {
  const { period, rows, merges, deployments, policies, tags } = audited
  const found = [
    ...merges.flatMap((merge) => ofMerge(merge, rows)),
    ...deployments.flatMap((deployment) => ofDeployment(deployment, rows)),
    ...rows.flatMap(ofRow),
    ...policies.flatMap(ofPolicy),
  ]
  // A tag may be moved long after its release, so the period of the release says nothing.
  const moved = rows.flatMap((row) => ofTag(row, tags))
  return [...found.filter((one) => isIn(period, one.at)), ...moved].toSorted((a, b) => a.at - b.at)
}

function ofMerge({ sha, at, pull, by }: AuditedMerge, rows: readonly AuditRow[]): readonly AuditException[] {
  const about = { at, who: by, row: null }
  if (pull === null) {
    return [{ ...about, kind: 'direct-push', what: sha, reason: 'reached the line without a pull request' }]
  }
  // A commit's date has no fractions of a second.
  const before = rows.filter((row) => row.at < at + 1000)
  const passed = before.some((row) => row.action === 'gate' && pull.heads.includes(row.sha ?? ''))
  const reason = 'merged without a passing gate at its merged head'
  return passed ? [] : [{ ...about, kind: 'bypass', what: `#${pull.number} as ${sha}`, reason }]
}

const deploying: ReadonlySet<AuditRow['action']> = new Set<AuditRow['action']>([
  'deploy',
  'promote',
  'rollback',
  'retry',
])

function ofDeployment(one: AuditedDeployment, rows: readonly AuditRow[]): readonly AuditException[] {
  const ordered = rows.some((row) => {
    return deploying.has(row.action) && row.environment === one.environment && row.sha === one.sha
  })
  if (one.isOurs && ordered) return []
  const reason = one.isOurs ? 'the log has no decision for it' : 'made past Waybill'
  const what = `${one.ref} (${one.sha}) to ${one.environment}, deployment ${one.id}`
  return [{ kind: 'foreign-deployment', at: one.at, what, who: one.by, reason, row: null }]
}

function ofRow(row: AuditRow): readonly AuditException[] {
  const { at, subject, version, environment, sha, number } = row
  const who = row.actor?.login ?? null
  const to = environment === null ? '' : ` to ${environment}`
  const about = { at, who, reason: row.reason, row: number, what: `${version ?? subject}${to} (${sha ?? 'no commit'})` }
  if (row.action === 'override') return [{ ...about, kind: 'override' }]
  if (row.action === 'accept') return [{ ...about, kind: 'accept' }]
  return row.action === 'promote' && / in an emergency: /.test(row.reason) ? [{ ...about, kind: 'emergency' }] : []
}

function ofTag(row: AuditRow, tags: ReadonlyMap<string, string>): readonly AuditException[] {
  const { action, version, sha, at, number } = row
  if (action !== 'release' || version === null || sha === null) return []
  const now = tags.get(version)
  if (now === sha) return []
  const reason = now === undefined ? 'the tag is not there any more' : `the tag stands on ${now} now`
  return [{ kind: 'tag-moved', at, what: `${version} (${sha})`, who: null, reason, row: number }]
}

function ofPolicy({ at, from, to, changes, row }: PolicyChange): readonly AuditException[] {
  const looser = changes?.filter((change) => change.effect === 'loosens') ?? []
  if (changes !== null && looser.length === 0) return []
  const keys = looser.map((change) => `${change.key}: ${change.from} -> ${change.to}`).join('; ')
  const reason = changes === null ? 'the two configurations can not be compared' : keys
  return [{ kind: 'loosened-policy', at, what: `${from} -> ${to}`, who: null, reason, row }]
}
