import type { Explained, PromotionReasonOf } from './explained.ts'
import { code } from './inert.ts'
import { byItself } from './reason-words.ts'

/** What the version, or the environment, still lacks. */
export function explainOrder(
  reason: PromotionReasonOf<'older-than-live' | 'not-staged' | 'staging-running' | 'environment-busy'>,
): Explained {
  switch (reason.kind) {
    case 'older-than-live':
      return {
        cause: `${code(reason.version)} is older than ${code(reason.live)}, which is live in ${code(reason.environment)}.`,
        who: 'You',
        next: 'Promote a newer version.',
      }
    case 'not-staged':
      return {
        cause:
          reason.state === null
            ? `${code(reason.version)} was never deployed to ${code(reason.before)}.`
            : `The newest deployment of ${code(reason.version)} to ${code(reason.before)} ended with ${code(reason.state)}.`,
        who: 'Whoever runs the deployments',
        next: `${code(reason.environment)} takes only what succeeded in ${code(reason.before)}; ask again when it did.`,
      }
    case 'staging-running':
      return {
        cause: `${code(reason.version)} is still being deployed to ${code(reason.before)}.`,
        who: byItself,
        next: `It goes to ${code(reason.environment)} when that succeeds.`,
      }
    case 'environment-busy':
      return {
        cause: `${code(reason.version)} is being deployed to ${code(reason.environment)} now.`,
        who: byItself,
        next: 'Deployments to one environment go one at a time; this one is next when that ends.',
      }
  }
}
