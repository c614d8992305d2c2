import type { Deployment } from './deployment.ts'
import { deploymentsIn } from './deployments-in.ts'

/** A version's stays as the live one of an environment. */
export type Soak = {
  /** The longest unbroken stay (ms). */
  readonly longest: number
  /** When the stay that lasts began (ms, UTC); null when another version is live. */
  readonly since: number | null
}

/**
 * How long the commit `sha` was live in an environment. `deployments` newest first. Live is the newest deployment that
 * has succeeded; a second deployment of the same commit does not interrupt its stay.
 */
export function soakOf(
  deployments: readonly Deployment[],
  what: { readonly environment: string; readonly sha: string /** ms, UTC */; readonly now: number },
): Soak {
  const { environment, sha, now } = what
  let longest = 0
  let since: number | null = null
  for (const change of liveChanges(deploymentsIn(deployments, environment))) {
    const live = change.sha === sha
    if (live && since === null) since = change.at
    if (!live && since !== null) {
      longest = Math.max(longest, change.at - since)
      since = null
    }
  }
  return { longest: since === null ? longest : Math.max(longest, now - since), since }
}

type Change = { readonly at: number; readonly sha: string | null }

/** What was live after each status, in the order of time. */
function liveChanges(deployments: readonly Deployment[]): readonly Change[] {
  const oldestFirst = deployments.toReversed()
  const events = oldestFirst
    .flatMap((one, index) => one.statuses.toReversed().map(({ at, state }) => ({ at, state, index })))
    .filter(({ state }) => state !== 'inactive')
    .toSorted((a, b) => a.at - b.at)
  const succeeded = oldestFirst.map(() => false)
  return events.map(({ at, state, index }) => {
    succeeded[index] = state === 'success'
    return { at, sha: oldestFirst[succeeded.lastIndexOf(true)]?.sha ?? null }
  })
}
