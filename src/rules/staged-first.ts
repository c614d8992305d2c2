import { deploymentState, hasSucceeded, isSettled } from '../model/deployment.ts'
import { newestOf, stageBefore } from '../model/environments.ts'
import type { PromotionAnswer } from '../model/promotion.ts'
import type { PromotionFacts } from './promotion-facts.ts'

/** Has the same sha succeeded in the environment before? The newest deployment of the version there decides. */
export function stagedFirst({ config, line, environment, version }: PromotionFacts): PromotionAnswer {
  const before = stageBefore(config, environment.name)
  if (before === null) return { kind: 'passes' }
  const newest = newestOf(line.deployments, before.name, version.sha)
  const named = { version: version.tag, environment: environment.name, before: before.name }
  if (newest === null) {
    return { kind: 'denies', reason: { kind: 'not-staged', ...named, state: null } }
  }
  if (hasSucceeded(newest)) return { kind: 'passes' }
  if (!isSettled(newest)) return { kind: 'waits', reason: { kind: 'staging-running', ...named } }
  return { kind: 'denies', reason: { kind: 'not-staged', ...named, state: deploymentState(newest) } }
}
