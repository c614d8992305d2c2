import type { Unjudged } from '../model/unjudged.ts'
import type { Explained, PromotionReasonOf } from './explained.ts'
import { code, inert } from './inert.ts'
import { explainReason } from './reasons.ts'

/** What people decided, or have to decide. */
export function explainDecided(
  reason: PromotionReasonOf<'rejected' | 'held' | 'not-judged' | 'environment-checks' | 'not-held' | 'tag-moved'>,
): Explained {
  switch (reason.kind) {
    case 'rejected':
      return {
        cause: `${code(reason.version)} was rejected in ${code(reason.environment)}${byWhom(reason.by)}: ${inert(reason.because)}. A rejected version does not return.`,
        who: 'The authors',
        next: 'Merge what repairs it; the version that carries the repair may go on.',
      }
    case 'held':
      return explainHold(reason)
    case 'not-judged':
      return {
        cause: `${code(reason.version)} carries what reached this branch without a passing gate: ${reason.changes.map(shownChange).join(', ')}.`,
        who: 'A promoter who did not write it',
        next: `Look at it, then comment ${code(`/waybill accept ${reason.version} REASON`)} and ask again.`,
      }
    case 'environment-checks': {
      const { cause, who, next } = explainReason(reason.because)
      const asked = `${code(reason.environment)} asks for checks on the commit of ${code(reason.version)}.`
      return { cause: `${asked} ${cause}`, who, next }
    }
    case 'tag-moved':
      return {
        cause: `The released tag ${code(reason.tag)} was made on ${code(reason.made.slice(0, 7))} and ${reason.found === null ? 'is gone' : `stands on ${code(reason.found.slice(0, 7))} now`}. Until it stands there again nothing is deployed.`,
        who: 'Whoever may push tags',
        next: `Put it back: ${code(`git push --force origin ${reason.made}:refs/tags/${reason.tag}`)}. Then what waits goes on by itself.`,
      }
    case 'not-held':
      return { cause: `${code(reason.environment)} is not held.`, who: 'Nobody', next: 'There is nothing to do.' }
  }
}

function explainHold(reason: PromotionReasonOf<'held'>): Explained {
  const unhold = code(`/waybill unhold ${reason.environment}`)
  switch (reason.why) {
    case 'asked':
      return {
        cause: `${code(reason.environment)} is held${byWhom(reason.by)}: ${inert(reason.because)}.`,
        who: 'A promoter who wrote none of what waits',
        next: `It goes on when one of them comments ${unhold}.`,
      }
    case 'rolled-back':
      return {
        cause: `${code(reason.environment)} was rolled back${byWhom(reason.by)} and is held: ${inert(reason.because)}.`,
        who: 'A promoter',
        next: `Promote a newer version by hand, or comment ${unhold}.`,
      }
    case 'memory-lost':
      return {
        cause: `${code(reason.environment)} is held: Waybill's database was empty when it found deployments of its own here, so holds and rejections may be forgotten.`,
        who: 'A promoter who wrote none of what waits',
        next: `Make sure that what is live is right, then comment ${unhold}.`,
      }
  }
}

function byWhom(login: string | null): string {
  return login === null ? '' : ` by ${inert(login)}`
}

function shownChange(change: Unjudged): string {
  return change.kind === 'pull' ? `#${change.number}` : `a direct push (${code(change.sha.slice(0, 7))})`
}
