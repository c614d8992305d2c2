import { runningIn } from '../model/environments.ts'
import type { PromotionAnswer } from '../model/promotion.ts'
import type { PromotionFacts } from './promotion-facts.ts'

/** Is no deployment to this environment under way? They go one at a time. */
export function environmentFree({ environment, line }: Pick<PromotionFacts, 'environment' | 'line'>): PromotionAnswer {
  const running = runningIn(line.deployments, environment.name)
  if (running === null) return { kind: 'passes' }
  const version = running.tag ?? running.sha.slice(0, 7)
  return { kind: 'waits', reason: { kind: 'environment-busy', environment: environment.name, version } }
}
