import { keysOf } from '../model/change-issues.ts'
import type { Effect } from '../model/effect.ts'
import type { Change } from '../model/history.ts'
import type { LineView } from './plan-line.ts'
import { reportBuilds } from './report-builds.ts'

/** Tells Jira that the newest version's pull requests, and those still without a version, are merged. */
export function reportMerges(view: LineView): readonly Effect[] {
  const { history } = view
  const newest = history.versions.at(-1)?.changes ?? []
  return [...newest, ...history.unreleased].flatMap((change) => reportOf(view, change))
}

function reportOf({ line, config }: Pick<LineView, 'line' | 'config'>, change: Change): readonly Effect[] {
  const { pull } = change
  const issueKeys = keysOf(config, change)
  if (pull === null || issueKeys.length === 0) return []
  const { repository } = line.ref
  const report = {
    key: `pull:${repository.id}:${pull.number}`,
    issueKeys,
    sequence: pull.updatedAt,
    body: {
      kind: 'pull' as const,
      repository: { id: repository.id, fullName: `${repository.owner}/${repository.name}`, url: line.repositoryUrl },
      pull: {
        number: pull.number,
        title: pull.title,
        url: pull.url,
        status: 'MERGED' as const,
        author: pull.author?.login ?? 'unknown',
        branch: pull.branch,
        base: line.ref.branch,
        updatedAt: pull.updatedAt,
        reviewers: pull.approvers.map((approver) => ({ name: approver.login, approved: true })),
      },
    },
  }
  return [{ kind: 'report', report }, ...buildsOf({ line, config }, change)]
}

/** The builds of the merge commit itself. */
function buildsOf({ line, config }: Pick<LineView, 'line' | 'config'>, change: Change): readonly Effect[] {
  const commit = change.commits.at(-1)
  if (commit === undefined || commit.checks.kind !== 'found') return []
  const { repository, branch } = line.ref
  return reportBuilds({
    repository: { id: repository.id, fullName: `${repository.owner}/${repository.name}`, url: line.repositoryUrl },
    issueKeys: keysOf(config, change),
    branch,
    sha: commit.sha,
    checks: commit.checks.value.checks,
    otherwiseAt: commit.committedAt,
  })
}
