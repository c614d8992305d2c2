import type { Effect } from '../model/effect.ts'
import type { LineSnapshot } from '../model/line.ts'
import type { PromotionReason } from '../model/promotion.ts'

/** What could not be read is asked for again after this (ms). */
const again = 30_000

/** A look at the time when a reason may resolve itself; none where an event will tell. */
export function lookWhen({ ref, now }: Pick<LineSnapshot, 'ref' | 'now'>, reason: PromotionReason): readonly Effect[] {
  const at = timeFor(reason, now)
  return at === null ? [] : [{ kind: 'look', ref, at }]
}

function timeFor(reason: PromotionReason, now: number): number | null {
  if ('until' in reason) return reason.until
  const unread =
    reason.kind === 'promoters-unreadable' ||
    (reason.kind === 'environment-checks' && reason.because.kind === 'checks-unreadable')
  return unread ? now + again : null
}
