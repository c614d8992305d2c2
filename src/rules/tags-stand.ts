import type { PromotionAnswer } from '../model/promotion.ts'
import type { PromotionFacts } from './promotion-facts.ts'

/** Does every tag stand where it was made? While one does not, nothing goes anywhere. */
export function tagsStand({ line }: PromotionFacts): PromotionAnswer {
  const [moved] = line.moved
  return moved === undefined ? { kind: 'passes' } : { kind: 'waits', reason: { kind: 'tag-moved', ...moved } }
}

/** Does the tag of this version stand where it was made? What goes back is not kept waiting by tags of others. */
export function tagStands({ line }: Pick<PromotionFacts, 'line'>, tag: string): PromotionAnswer {
  const moved = line.moved.find((one) => one.tag === tag)
  return moved === undefined ? { kind: 'passes' } : { kind: 'denies', reason: { kind: 'tag-moved', ...moved } }
}
