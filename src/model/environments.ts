import type { Config, Environment } from './config-schema.ts'
import { type Deployment, hasSucceeded, isSettled, versionClaim } from './deployment.ts'
import { deploymentsIn } from './deployments-in.ts'

/** The environments a version goes through, in order; rush boxes stand outside the order. */
export function stagesOf(config: Config): readonly Environment[] {
  return config.environments.filter((environment) => environment.kind === 'stage')
}

/** The stage a version must have succeeded in before `name`; null for the first one. */
export function stageBefore(config: Config, name: string): Environment | null {
  const stages = stagesOf(config)
  const at = stages.findIndex((stage) => stage.name === name)
  return at > 0 ? (stages[at - 1] ?? null) : null
}

/** `deployments` newest first. What is live: the newest one that succeeded. */
export function liveIn(deployments: readonly Deployment[], environment: string): Deployment | null {
  return deploymentsIn(deployments, environment).find(hasSucceeded) ?? null
}

/**
 * The deployment an environment is busy with, if any. Somebody else's that has no end counts only while nothing newer
 * was begun.
 */
export function runningIn(deployments: readonly Deployment[], environment: string): Deployment | null {
  const there = deploymentsIn(deployments, environment)
  return there.find((one, at) => !isSettled(one) && (at === 0 || one.claim !== null)) ?? null
}

/** The newest deployment of a version's commit to an environment, whoever made it. */
export function newestOf(deployments: readonly Deployment[], environment: string, sha: string): Deployment | null {
  return deploymentsIn(deployments, environment).find((one) => one.sha === sha) ?? null
}

/** Somebody answers for it: whoever promoted it or rolled back, or policy where that deploys. */
export function isAnsweredFor(deployment: Deployment, { deploy }: Pick<Environment, 'deploy'>): boolean {
  return deploy === 'auto' || (versionClaim(deployment)?.by ?? null) !== null
}
