import type { Environment } from '../model/config-schema.ts'
import { type Deployment, hasSucceeded, isBranchClaim } from '../model/deployment.ts'
import { stagesOf } from '../model/environments.ts'
import type { Version } from '../model/history.ts'
import { shippedBy } from '../model/shipped.ts'
import { type Withdrawal, withdrawalOf } from '../model/withdrawn.ts'
import type { LineView } from './plan-line.ts'

/** News is news for so long (ms): a database that was lost, or a file that came today, tells nobody of last week. */
const recent = 24 * 3_600_000

/** A deployment that ended well, with all the versions it brought. */
export type Arrival = {
  readonly deployment: Deployment
  readonly environment: Environment
  readonly version: Version
  readonly shipped: readonly Version[]
  /** ms, UTC */
  readonly at: number
}

/** Deployments of versions that ended well and are not told of yet. */
export function arrivals(view: LineView): readonly Arrival[] {
  const { line, config, history } = view
  return line.deployments.flatMap((deployment, place) => {
    if (!deployment.numbered || !hasSucceeded(deployment) || isBranchClaim(deployment.claim)) return []
    const environment = stagesOf(config).find((stage) => stage.name === deployment.environment)
    const version = history.versions.find((one) => one.sha === deployment.sha)
    const at = deployment.statuses.find((status) => status.state === 'success')?.at
    // What a rollback brings back was announced when it came.
    if (deployment.claim?.as === 'rollback' || withdrawalOf(line, deployment) !== null) return []
    if (environment === undefined || version === undefined || at === undefined || line.now - at > recent) return []
    const deployments = line.deployments.slice(place + 1)
    const shipped = shippedBy({ history, deployments, environment: environment.name, version }) ?? [version]
    return [{ deployment, environment, version, shipped, at }]
  })
}

/** What a rollback took away, with all the versions that had come with it. */
export type Departure = Omit<Arrival, 'at'> & { readonly withdrawal: Withdrawal }

/** Rollbacks that ended well and are not told of yet. */
export function departures(view: LineView): readonly Departure[] {
  const { line, config, history } = view
  return line.deployments.flatMap((deployment, place) => {
    const withdrawal = withdrawalOf(line, deployment)
    if (withdrawal === null) return []
    const environment = stagesOf(config).find((stage) => stage.name === deployment.environment)
    const version = history.versions.find((one) => one.sha === deployment.sha)
    if (environment === undefined || version === undefined) return []
    if (!withdrawal.restored.numbered || line.now - withdrawal.at > recent) return []
    const deployments = line.deployments.slice(place + 1)
    const shipped = shippedBy({ history, deployments, environment: environment.name, version }) ?? [version]
    return [{ deployment, environment, version, shipped, withdrawal }]
  })
}
