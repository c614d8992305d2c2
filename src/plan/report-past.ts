import { changeKeys } from '../model/change-keys.ts'
import { gatedBranches } from '../model/config-read.ts'
import type { Config } from '../model/config-schema.ts'
import { historyOf } from '../model/history.ts'
import type { LineSnapshot } from '../model/line.ts'
import { seenAs } from '../model/line-seen.ts'
import type { PastPull } from '../model/past-pull.ts'
import { pullReportKey, type Report, type ReportedRepository } from '../model/report.ts'
import { report } from './report.ts'
import { reportDeployments } from './report-deployment.ts'
import { reportChange } from './report-merge.ts'

/** What a line's past means to Jira's panels: its merges with their builds, and its deployments. Nothing is set off by it. */
export function reportPastLine(line: LineSnapshot, since: number): readonly Report[] {
  if (line.config.kind !== 'valid' || line.config.config.mode === 'report') return []
  const { config } = line.config
  const history = historyOf(line, config.release?.tag ?? 'v{version}')
  const deployments = line.deployments.filter(({ createdAt }) => createdAt >= since)
  const changes = [...history.versions.flatMap((version) => version.changes), ...history.unreleased]
  const recent = changes.filter(({ commits }) => (commits.at(-1)?.committedAt ?? 0) >= since)
  const view = { line: seenAs(line, config), config, history }
  const effects = [...recent.flatMap((change) => reportChange(view, change)), ...reportDeployments(view)]
  const kept = new Set(deployments.map(({ id }) => `deployment:${line.ref.repository.id}:${id}`))
  return effects
    .flatMap((effect) => (effect.kind === 'report' ? [asPast(effect.report)] : []))
    .filter(({ key, body }) => body.kind !== 'deployment' || kept.has(key))
}

/** The same of a pull request that GitHub lists; one that names no issue of ours, or went elsewhere, is none of Jira's. */
export function reportPastPull(
  past: { readonly config: Config; readonly defaultBranch: string; readonly repository: ReportedRepository },
  pull: PastPull,
): readonly Report[] {
  const { config, defaultBranch, repository } = past
  const issueKeys = changeKeys(config, pull)
  if (issueKeys.length === 0 || !gatedBranches(config, defaultBranch).includes(pull.base)) return []
  const key = pullReportKey(repository.id, pull.number)
  const body = { kind: 'pull' as const, repository, pull: { ...pull, reviewers: [] } }
  const effect = report(config, { key, issueKeys, sequence: pull.updatedAt, body })
  return effect.kind === 'report' ? [asPast(effect.report)] : []
}

export function asPast(one: Report): Report {
  return one.sending === 'muted' ? one : { ...one, sending: 'backfill' }
}
