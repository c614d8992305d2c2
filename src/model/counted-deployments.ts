import type { Config } from './config-schema.ts'
import type { Deployment, DeploymentStatus } from './deployment.ts'
import { deploymentsIn } from './deployments-in.ts'
import { isReporter, type Reporting } from './reporter.ts'

/** A status that is shown and does not count. */
export type IgnoredStatus = {
  readonly deployment: Deployment
  readonly status: DeploymentStatus
  /** `late`: the deployment had been given up, and a newer one was there already. */
  readonly because: 'no-reporter' | 'late'
}

export type Counted = { readonly deployments: readonly Deployment[]; readonly ignored: readonly IgnoredStatus[] }

/**
 * The deployments with only the statuses that count: by those who may report there, and no success of one that was given
 * up after a newer one had begun. Whose membership can't be read is not counted yet. `deployments` newest first.
 */
export function countDeployments(
  deployments: readonly Deployment[],
  { config, reporting }: { readonly config: Config; readonly reporting: Reporting },
): Counted {
  const ignored: IgnoredStatus[] = []
  const counted = deployments.map((deployment) => {
    const environment = config.environments.find((one) => one.name === deployment.environment)
    if (environment === undefined) return deployment
    const there = deploymentsIn(deployments, deployment.environment)
    const newer = there.slice(0, there.indexOf(deployment))
    const statuses: DeploymentStatus[] = []
    let givenUp = false
    for (const status of deployment.statuses.toReversed()) {
      const reports = isReporter(environment.reporters, status.by, reporting)
      const late = givenUp && status.state === 'success' && newer.some((one) => one.createdAt <= status.at)
      givenUp ||= status.by === 'waybill' && status.state === 'error'
      if (reports === true && !late) statuses.unshift(status)
      else if (reports !== null) ignored.push({ deployment, status, because: late ? 'late' : 'no-reporter' })
    }
    return statuses.length === deployment.statuses.length ? deployment : { ...deployment, statuses }
  })
  return { deployments: counted, ignored }
}
