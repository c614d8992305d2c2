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
    ...deployments.flatMap((deployment) => ofDeployment(deployment, { rows, deployments })),
    ...rows.flatMap(ofRow),
    ...policies.flatMap(ofPolicy),
  ]
  // A tag may be moved long after its release, so the period of the release says nothing.
  const moved = releasesIn(rows).flatMap((row) => ofTag(row, tags))
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
  const what = `#${pull.number} as ${sha}`
  if (!passed) {
    return [{ ...about, kind: 'bypass', what, reason: 'merged without a passing gate at its merged head' }]
  }
  // It passed once: what counts is how it stood in the end.
  if (pull.gate === null || pull.gate === 'success') return []
  return [{ ...about, kind: 'bypass', what, reason: `merged though its gate passed no more: ${pull.gate}` }]
}

const deploying: ReadonlySet<AuditRow['action']> = new Set<AuditRow['action']>([
  'deploy',
  'promote',
  'rollback',
  'retry',
])

function ofDeployment(one: AuditedDeployment, log: Pick<Audited, 'rows' | 'deployments'>): readonly AuditException[] {
  const deciding = log.rows.filter((row) => {
    return deploying.has(row.action) && row.environment === one.environment && row.sha === one.sha
  })
  if (one.isOurs && deciding.length > 0) return []
  if (one.isRecord && deciding.some((row) => isAbout(row, one, log.deployments))) return []
  const reason = one.isOurs ? 'the log has no decision for it' : 'made past Waybill'
  const what = `${one.ref} (${one.sha}) to ${one.environment}, deployment ${one.id}`
  return [{ kind: 'foreign-deployment', at: one.at, what, who: one.by, reason, row: null }]
}

/** The longest that a job waits for its answer (ms). */
const patience = 7 * 24 * 3_600_000

/**
 * A record of GitHub Actions comes after the order it carries out, and before the answer that lets it through: the
 * decision lies between the records before and after it.
 */
function isAbout({ at }: AuditRow, record: AuditedDeployment, all: readonly AuditedDeployment[]): boolean {
  const others = all.filter(({ id, isRecord, environment, sha }) => {
    return isRecord && id !== record.id && environment === record.environment && sha === record.sha
  })
  const between = (other: AuditedDeployment) => other.at > Math.min(at, record.at) && other.at < Math.max(at, record.at)
  return Math.abs(at - record.at) <= patience && !others.some(between)
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

/** What was released in the end: a name that was taken, or burned, was followed by another one for the same commit. */
function releasesIn(rows: readonly AuditRow[]): readonly AuditRow[] {
  const releases = rows.filter((row) => row.action === 'release')
  return [...new Map(releases.map((row) => [row.sha, row])).values()]
}

function ofTag(row: AuditRow, tags: ReadonlyMap<string, string>): readonly AuditException[] {
  const { version, sha, at, number } = row
  if (version === null || sha === null) return []
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
