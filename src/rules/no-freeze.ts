import { freezeAt } from '../model/freeze.ts'
import type { PromotionAnswer } from '../model/promotion.ts'
import type { PromotionFacts } from './promotion-facts.ts'

/** Is nothing frozen there now? A freeze ends a person's wish and tells the next opening; policy waits for it. */
export function noFreeze({ environment, line, by, emergency }: PromotionFacts): PromotionAnswer {
  const freeze = emergency === null ? freezeAt(environment.freeze, line.now) : null
  if (freeze === null) return { kind: 'passes' }
  const reason = { kind: 'frozen', environment: environment.name, because: freeze.reason, until: freeze.until } as const
  return { kind: by === null ? 'waits' : 'denies', reason }
}
