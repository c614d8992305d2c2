import { type Explained, listed, type PromotionReasonOf } from './explained.ts'
import { code, inert } from './inert.ts'
import { byItself } from './reason-words.ts'
import { utcTime } from './utc-time.ts'

/** Why it is not the time yet. */
export function explainTiming(
  reason: PromotionReasonOf<'frozen' | 'soaking' | 'soak-broken' | 'live-is-soaking' | 'sign-offs-missing'>,
): Explained {
  switch (reason.kind) {
    case 'frozen':
      return {
        cause: `${code(reason.environment)} is frozen: ${inert(reason.because)}.`,
        who: 'Nobody before the freeze ends; in an emergency those whom the configuration names for it',
        next:
          reason.until === null
            ? 'No end of the freeze is near; look at `freeze` in the configuration.'
            : `It opens at ${utcTime(reason.until)}. Ask again then.`,
      }
    case 'soaking':
      return {
        cause: `${code(reason.version)} has to be live in ${code(reason.before)} for ${inert(reason.wanted)} before it may go to ${code(reason.environment)}.`,
        who: byItself,
        next: `It has been when it stays there until ${utcTime(reason.until)}.`,
      }
    case 'soak-broken':
      return {
        cause: `${code(reason.version)} was not live in ${code(reason.before)} for ${inert(reason.wanted)} before another version took its place.`,
        who: 'A promoter',
        next: 'Promote the version that is live there now, or bring this one back there first.',
      }
    case 'live-is-soaking':
      return {
        cause: `${code(reason.live)} is live in ${code(reason.environment)} and soaks there for ${code(reason.next)}.`,
        who: byItself,
        next: `It may be replaced from ${utcTime(reason.until)}, or when it fails.`,
      }
    case 'sign-offs-missing':
      return {
        cause: `${reason.wanted} promoters must agree on ${code(reason.version)} for ${code(reason.environment)}; so far ${listed(reason.given)} did.`,
        who: `${code(reason.promoters)}, those who wrote none of it`,
        next: `Another of them comments ${code(`/waybill sign-off ${reason.environment} ${reason.version}`)}; then it goes on by itself.`,
      }
  }
}
