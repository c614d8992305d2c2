import type { Explained, PromotionReasonOf } from './explained.ts'
import { code, inert } from './inert.ts'
import { byItself } from './reason-words.ts'

/** Why a job of GitHub Actions that asks for an environment is not judged by its version. */
export function explainRun(reason: PromotionReasonOf<'run-no-version' | 'run-unreleased' | 'run-unjudged'>): Explained {
  switch (reason.kind) {
    case 'run-no-version':
      return {
        cause: `${code(reason.sha)} is no version of ${code(reason.branch)}.`,
        who: 'Whoever started the run',
        next: "Start it on a version's tag.",
      }
    case 'run-unreleased':
      return {
        cause: `${code(reason.sha)} has no version yet: it gets one when its checks on ${code(reason.branch)} are green.`,
        who: 'Whoever started the run',
        next: 'Wait for its version. A workflow that deploys should start on a release or by hand: one that starts with the push keeps those checks from becoming green.',
      }
    case 'run-unjudged':
      return {
        cause: `It could not be judged: ${inert(reason.cause)}.`,
        who: byItself,
        next: 'Waybill asks again; after an hour it refuses, and the job can be run again.',
      }
  }
}
