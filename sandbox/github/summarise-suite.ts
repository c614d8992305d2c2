import type { CheckConclusion, CheckRun, CheckSuite } from './state/check.ts'
import type { Repository } from './state/repository.ts'

export type SuiteSummary = {
  readonly status: 'queued' | 'in_progress' | 'completed'
  readonly conclusion: CheckConclusion | undefined
}

/** The worst first: one failed run makes the suite fail. */
const worst: readonly CheckConclusion[] = [
  'action_required',
  'failure',
  'timed_out',
  'cancelled',
  'stale',
  'success',
  'neutral',
  'skipped',
]

/** What a suite's newest runs (of each name the one with the highest id) come to. A suite without runs is queued. */
export function summariseSuite(repository: Repository, suite: CheckSuite): SuiteSummary {
  const runs = newestRuns(repository.checkRuns.filter((run) => run.suite === suite))
  if (runs.length === 0 || runs.every(({ status }) => status === 'queued'))
    return { status: 'queued', conclusion: undefined }
  if (runs.some(({ status }) => status !== 'completed')) return { status: 'in_progress', conclusion: undefined }
  return { status: 'completed', conclusion: worst.find((one) => runs.some(({ conclusion }) => conclusion === one)) }
}

/** Of each App and name the run with the highest id, in order of id. */
export function newestRuns(runs: readonly CheckRun[]): readonly CheckRun[] {
  const newest = new Map<string, CheckRun>()
  for (const run of runs) {
    const key = `${run.app.id} ${run.name}`
    if ((newest.get(key)?.id ?? 0) < run.id) newest.set(key, run)
  }
  return [...newest.values()].sort((one, other) => one.id - other.id)
}
