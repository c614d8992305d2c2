import type { PromotionAnswer } from '../model/promotion.ts'
import type { PromotionFacts } from './promotion-facts.ts'

/** Does every tag stand where it was made? While one does not, nothing goes anywhere. */
export function tagsStand({ line }: PromotionFacts): PromotionAnswer {
  const [moved] = line.moved
  return moved === undefined ? { kind: 'passes' } : { kind: 'waits', reason: { kind: 'tag-moved', ...moved } }
}
