import { type Deployment, hasSucceeded } from './deployment.ts'
import { deploymentsIn } from './deployments-in.ts'
import type { History, Version } from './history.ts'

/**
 * The versions a deployment brings: all after what is live in the environment, up to and with the target, oldest first.
 * Null: what is live, or what lies between, is further back than the line was read.
 */
export function shippedBy(what: {
  readonly history: History
  /** Newest first; those that stood before the deployment in question. */
  readonly deployments: readonly Deployment[]
  readonly environment: string
  readonly version: Version
}): readonly Version[] | null {
  const { history, deployments, environment, version } = what
  const end = history.versions.findIndex((one) => one.sha === version.sha)
  if (end < 0) return null
  const succeeded = deploymentsIn(deployments, environment).filter(hasSucceeded)
  if (succeeded.length === 0) return history.whole ? history.versions.slice(0, end + 1) : null
  // What somebody deployed from elsewhere is on no line: what was live before it counts.
  const starts = succeeded.map((one) => history.versions.findIndex((other) => other.sha === one.sha))
  const start = starts.find((at) => at >= 0) ?? (history.whole ? -1 : null)
  if (start === null) return null
  return start <= end ? history.versions.slice(start + 1, end + 1) : [version]
}

/** As much of it as was read: all that stands on the line up to and with the target, oldest first. */
export function knownUpTo(history: History, version: Version): readonly Version[] {
  return history.versions.slice(0, history.versions.findIndex((one) => one.sha === version.sha) + 1)
}
