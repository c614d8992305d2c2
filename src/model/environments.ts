import type { Config, Environment } from './config-schema.ts'
import { type Deployment, hasSucceeded, isSettled } from './deployment.ts'

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
  return deployments.find((one) => one.environment === environment && hasSucceeded(one)) ?? null
}

/** The deployment an environment is busy with, if any. */
export function runningIn(deployments: readonly Deployment[], environment: string): Deployment | null {
  return deployments.find((one) => one.environment === environment && !isSettled(one)) ?? null
}

/** The newest deployment of a tag to an environment. */
export function newestOf(deployments: readonly Deployment[], environment: string, tag: string): Deployment | null {
  return deployments.find((one) => one.environment === environment && one.tag === tag) ?? null
}
