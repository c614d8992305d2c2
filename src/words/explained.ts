import type { PromotionReason } from '../model/promotion.ts'
import { code } from './inert.ts'

/** Why something does not go on, who can change that, and the next step; GitHub Markdown, everything from outside inert. */
export type Explained = { readonly cause: string; readonly who: string; readonly next: string }

export type PromotionReasonOf<K extends PromotionReason['kind']> = Extract<PromotionReason, { readonly kind: K }>

/** Names from outside, in a row. */
export function listed(names: readonly string[]): string {
  return names.map(code).join(', ')
}
