import type { Check, CheckState } from '../model/check.ts'
import type { Config } from '../model/config-schema.ts'
import type { Effect } from '../model/effect.ts'
import type { ReportedBuild, ReportedRepository } from '../model/report.ts'
import { report } from './report.ts'

export type BuildsReported = {
  readonly config: Config
  readonly repository: ReportedRepository
  readonly issueKeys: readonly string[]
  readonly branch: string
  readonly sha: string
  readonly checks: readonly Check[]
  /** The time of a run that has not begun (ms, UTC). */
  readonly otherwiseAt: number
}

/** Tells Jira of every check run on a head: one build each, whose sequence is its phase. */
export function reportBuilds(builds: BuildsReported): readonly Effect[] {
  const { config, repository, issueKeys, branch, sha, checks, otherwiseAt } = builds
  if (issueKeys.length === 0) return []
  const runs = checks.filter((check) => check.kind === 'run').toSorted((a, b) => a.id - b.id)
  return runs.map((check): Effect => {
    const pipeline = `${repository.id}:${check.app.id}:${check.name}`
    const build: ReportedBuild = {
      pipeline,
      number: check.id,
      name: check.name,
      url: check.url ?? `${repository.url}/commit/${sha}/checks`,
      state: stateOf(check.state),
      sha,
      branch,
      at: check.startedAt ?? otherwiseAt,
      tests: check.tests ?? null,
    }
    const key = `build:${pipeline}:${check.id}`
    return report(config, {
      key,
      issueKeys,
      sequence: phaseOf(check.state),
      body: { kind: 'build', repository, build },
    })
  })
}

function stateOf(state: CheckState): ReportedBuild['state'] {
  switch (state) {
    case 'queued':
    case 'action_required':
      return 'pending'
    case 'in_progress':
      return 'in_progress'
    case 'success':
    case 'neutral':
    case 'skipped':
      return 'successful'
    case 'failure':
    case 'timed_out':
    case 'startup_failure':
      return 'failed'
    case 'cancelled':
    case 'stale':
      return 'cancelled'
    case 'unknown':
      return 'unknown'
  }
}

/** The sequence of what a build was in the end. */
export const ended = 3

/** 1 queued, 2 in progress, 3 completed: a check run never goes back. */
function phaseOf(state: CheckState): 1 | 2 | typeof ended {
  if (state === 'queued') return 1
  return state === 'in_progress' ? 2 : ended
}
