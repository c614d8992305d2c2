import { roleOf } from './explain-promoter.ts'
import { type Explained, listed, type PromotionReasonOf } from './explained.ts'
import { code, inert } from './inert.ts'

/** Why a gate is not overridden. */
export function explainOverride(
  reason: PromotionReasonOf<'not-overrider' | 'implementer-of-head' | 'head-moved' | 'nothing-held' | 'head-unlisted'>,
): Explained {
  switch (reason.kind) {
    case 'not-overrider':
      return {
        cause: `${inert(reason.login)} is not one of those who may override the gate.`,
        who: reason.overriders === 'nobody' ? 'Nobody, by the configuration' : code(reason.overriders),
        next:
          reason.overriders === 'nobody'
            ? `Name people in ${code('merge.overriders')}, or give the gate what it lacks.`
            : 'Ask one of them to comment the same.',
      }
    case 'implementer-of-head':
      return {
        cause: `${inert(reason.login)} wrote part of this head: ${roleOf(reason)}. Nobody signs off their own change.`,
        who: `Somebody of ${code('merge.overriders')} who wrote none of it`,
        next: 'Ask one of them to comment the same.',
      }
    case 'head-moved':
      return {
        cause: `The head is ${listed([reason.sha.slice(0, 7)])} now, and came after the comment, or within the same second.`,
        who: 'You',
        next: 'Look at what is there now, and comment again if it is still wanted.',
      }
    case 'head-unlisted':
      return {
        cause: `GitHub does not list all commits of this head, so whether ${inert(reason.login)} wrote part of it can't be told.`,
        who: 'The author',
        next: 'Squash it to fewer commits; then ask again if it is still wanted.',
      }
    case 'nothing-held':
      return {
        cause: 'There is nothing to override: the gate of this pull request does not hold it.',
        who: 'Nobody',
        next: 'Go on; a merge needs no override.',
      }
  }
}
