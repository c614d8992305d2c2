import type { Deployment } from './deployment.ts'
import { liveIn } from './environments.ts'
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
  const live = liveIn(deployments, environment)
  const end = history.versions.findIndex((one) => one.sha === version.sha)
  if (end < 0) return null
  if (live === null) return history.whole ? history.versions.slice(0, end + 1) : null
  const start = history.versions.findIndex((one) => one.sha === live.sha)
  if (start < 0) return null
  return start <= end ? history.versions.slice(start + 1, end + 1) : [version]
}
