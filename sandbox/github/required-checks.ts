import type { CheckConclusion } from './state/check.ts'
import type { Protection, Repository } from './state/repository.ts'

export type UnmetCheck = { readonly context: string; readonly state: 'expected' | 'pending' | 'failing' }

const passing: ReadonlySet<CheckConclusion> = new Set(['success', 'neutral', 'skipped'])

/** The required checks that have not succeeded on a commit. Of the runs and statuses of a name the newest (highest id) decides. */
export function listUnmetChecks(repository: Repository, protection: Protection, sha: string): readonly UnmetCheck[] {
  return protection.requiredChecks.flatMap(({ context, appId }) => {
    const state = stateOf(repository, { context, appId, sha })
    return state === 'met' ? [] : [{ context, state }]
  })
}

/** GitHub's sentence about the required checks that are missing. */
export function describeUnmetChecks(unmet: readonly UnmetCheck[]): string {
  const [first] = unmet
  if (first !== undefined && unmet.length === 1) return `Required status check "${first.context}" is ${first.state}.`
  const counts = (['failing', 'pending', 'expected'] as const).flatMap((state) => {
    const count = unmet.filter((one) => one.state === state).length
    return count === 0 ? [] : [`${count} ${state}`]
  })
  return `${unmet.length} required status checks have not succeeded: ${counts.join(' and ')}.`
}

function stateOf(
  repository: Repository,
  wanted: { readonly context: string; readonly appId: number | undefined; readonly sha: string },
): 'met' | UnmetCheck['state'] {
  const { context, appId, sha } = wanted
  const isFromApp = (id: number | undefined) => appId === undefined || id === appId
  const runs = repository.checkRuns
    .filter((run) => run.headSha === sha && run.name === context && isFromApp(run.app.id))
    .map(
      ({ id, status, conclusion }) =>
        ({ id, state: status === 'completed' ? verdict(conclusion) : 'pending' }) as const,
    )
  const statuses = repository.statuses
    .filter((status) => status.sha === sha && status.context === context && isFromApp(status.app?.id))
    .map(({ id, state }) => ({
      id,
      state: ({ success: 'met', pending: 'pending', failure: 'failing', error: 'failing' } as const)[state],
    }))
  const [newest] = [...runs, ...statuses].sort((one, other) => other.id - one.id)
  return newest?.state ?? 'expected'
}

function verdict(conclusion: CheckConclusion | undefined): 'met' | 'failing' {
  return conclusion !== undefined && passing.has(conclusion) ? 'met' : 'failing'
}
