import { holdsOn } from '../model/decision.ts'
import type { PromotionAnswer } from '../model/promotion.ts'
import type { PromotionFacts } from './promotion-facts.ts'

/** Is the environment not held? What a rollback holds, a promotion by hand may pass. */
export function notHeld({ environment, line, by }: PromotionFacts): PromotionAnswer {
  const holds = holdsOn(line.decisions, environment.name)
  const hold = holds.find(({ why }) => by === null || why !== 'rolled-back')
  if (hold === undefined) return { kind: 'passes' }
  const named = { environment: environment.name, why: hold.why, by: hold.by?.login ?? null, because: hold.reason }
  return { kind: 'waits', reason: { kind: 'held', ...named } }
}
