import { keysOf } from '../model/change-issues.ts'
import type { Effect } from '../model/effect.ts'
import type { Change } from '../model/history.ts'
import { pullReportKey } from '../model/report.ts'
import { endBuilds } from './end-builds.ts'
import { linkPull } from './link-pull.ts'
import type { LineView } from './plan-line.ts'
import { report } from './report.ts'
import { reportBuilds } from './report-builds.ts'
import { reportedRepository } from './report-pull.ts'

/**
 * Tells Jira that pull requests are merged, with their builds: the newest version's, those still without a version, and every other on
 * the line that Jira was told is open, or has unfinished builds. Builds of commits that the line reaches no more are given up.
 */
export function reportMerges(view: LineView): readonly Effect[] {
  const { line, history } = view
  const open = new Set(line.jira.flatMap(({ body }) => (body.kind === 'pull' ? [body.pull.number] : [])))
  const unfinished = new Set(line.unfinished.map(({ build }) => build.sha))
  const newest = history.versions.at(-1)?.changes ?? []
  const older = history.versions
    .slice(0, -1)
    .flatMap(({ changes }) => changes)
    .filter(({ pull, commits }) => {
      return pull !== null && (open.has(pull.number) || commits.some(({ sha }) => unfinished.has(sha)))
    })
  const told = [...older, ...newest, ...history.unreleased].flatMap((change) => reportChange(view, change))
  const reached = new Set(line.commits.map(({ sha }) => sha))
  return [
    ...told,
    ...endBuilds(
      view.config,
      line.unfinished.filter(({ build }) => !reached.has(build.sha)),
    ),
  ]
}

/** One merged change: its pull request, and the builds of its commit on the line. */
export function reportChange({ line, config }: Pick<LineView, 'line' | 'config'>, change: Change): readonly Effect[] {
  const { pull } = change
  const issueKeys = keysOf(config, change)
  if (pull === null || issueKeys.length === 0) return []
  const { repository } = line.ref
  const reported = {
    number: pull.number,
    title: pull.title,
    url: pull.url,
    status: 'MERGED' as const,
    author: pull.author?.login ?? 'unknown',
    branch: pull.branch,
    base: line.ref.branch,
    updatedAt: pull.updatedAt,
    reviewers: pull.approvers.map((approver) => ({ name: approver.login, approved: true })),
  }
  const told = { repository: reportedRepository(repository, line.repositoryUrl), pull: reported }
  const key = pullReportKey(repository.id, pull.number)
  return [
    report(config, { key, issueKeys, sequence: pull.updatedAt, body: { kind: 'pull', ...told } }),
    ...linkPull(config, { ...told, issueKeys }),
    ...buildsOf({ line, config }, change),
  ]
}

/** The builds of the merge commit itself. */
function buildsOf({ line, config }: Pick<LineView, 'line' | 'config'>, change: Change): readonly Effect[] {
  const commit = change.commits.at(-1)
  if (commit === undefined || commit.checks.kind !== 'found') return []
  const { repository, branch } = line.ref
  return reportBuilds({
    config,
    repository: reportedRepository(repository, line.repositoryUrl),
    issueKeys: keysOf(config, change),
    branch,
    sha: commit.sha,
    checks: commit.checks.value.checks,
    otherwiseAt: commit.committedAt,
  })
}
