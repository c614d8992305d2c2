import type { PromotionReason } from '../model/promotion.ts'
import { code } from './inert.ts'
import { explainPromotion } from './promotion-reasons.ts'
import { utcTime } from './utc-time.ts'

export function rushAnswer({ environment, pull }: { readonly environment: string; readonly pull: number }): string {
  return `The head of #${pull} goes to ${code(environment)}. Waybill's comment on this pull request follows it.`
}

export function rushHereAnswer(what: {
  readonly environment: string
  readonly pull: number
  /** ms, UTC; null while it is still being deployed. */
  readonly until: number | null
}): string {
  const until = what.until === null ? 'being deployed there now' : `there already, until ${utcTime(what.until)}`
  return `The head of #${what.pull} is ${until}: there is nothing to do on ${code(what.environment)}.`
}

export function freedAnswer(environment: string): string {
  return `${code(environment)} is given back. The next request goes there, or else the line's newest version.`
}

/** A request for a rush box, or to give it back, that goes on by itself. */
export function rushWaitingAnswer(what: {
  readonly kind: 'deploy' | 'free'
  readonly environment: string
  readonly reason: PromotionReason
}): string {
  const { cause, who, next } = explainPromotion(what.reason)
  const noted = what.kind === 'deploy' ? 'a try-out on' : 'giving back'
  return `Noted: ${noted} ${code(what.environment)}. It waits.\n\n${cause}\n\n**Who can resolve it:** ${who}\n**Next:** ${next}`
}
