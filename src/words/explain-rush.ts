import { type Explained, listed, type PromotionReasonOf } from './explained.ts'
import { code, inert } from './inert.ts'
import { byItself } from './reason-words.ts'
import { explainReason } from './reasons.ts'
import { utcTime } from './utc-time.ts'

type Rush = PromotionReasonOf<
  | 'rush-unknown'
  | 'rush-closed'
  | 'rush-fork'
  | 'rush-checks'
  | 'rush-leased'
  | 'rush-free'
  | 'not-writer'
  | 'pull-unreadable'
>

/** Why a branch does not go to a rush box, or the box is not given back. */
export function explainRush(reason: Rush): Explained {
  switch (reason.kind) {
    case 'rush-unknown':
      return explainNoBox(reason)
    case 'rush-closed':
      return {
        cause: `#${reason.pull} is ${reason.state}: a rush box tries out what is not merged yet.`,
        who: 'You',
        next:
          reason.state === 'merged' ? 'Follow its version; the comment above shows where it is.' : 'Reopen it first.',
      }
    case 'rush-fork':
      return {
        cause: `#${reason.pull} comes from a fork. What strangers wrote is not deployed before it is merged.`,
        who: 'Somebody with write access',
        next: 'Push the branch to this repository, and open a pull request from there.',
      }
    case 'rush-checks': {
      const { cause, who, next } = explainReason(reason.why)
      return {
        cause: `${code(reason.sha.slice(0, 7))}, the head of #${reason.pull}, is not green. ${cause}`,
        who,
        next,
      }
    }
    case 'rush-leased':
      return explainLease(reason)
    case 'rush-free':
      return {
        cause: `No branch has ${code(reason.environment)} now: there is nothing to give back.`,
        who: 'You',
        next: `Comment ${code(`/waybill deploy ${reason.environment}`)} to try a branch out there.`,
      }
    case 'not-writer':
      return {
        cause: `${inert(reason.login)} has no write access to this repository.`,
        who: 'Somebody with write access',
        next: 'Ask them to comment the same.',
      }
    case 'pull-unreadable':
      return {
        cause: `#${reason.pull} could not be read: ${inert(reason.cause)}.`,
        who: byItself,
        next: 'Waybill asks again in a moment.',
      }
  }
}

function explainNoBox({ name, known }: PromotionReasonOf<'rush-unknown'>): Explained {
  return {
    cause: `${code(name)} is no rush box.`,
    who: known.length === 0 ? 'An admin of this repository' : 'You',
    next:
      known.length === 0
        ? 'Add an environment with `kind: rush` to the configuration.'
        : `Name one of ${listed(known)}. Other environments get released versions only.`,
  }
}

function explainLease({ environment, pull, login, until }: PromotionReasonOf<'rush-leased'>): Explained {
  const time = until === null ? 'It is being deployed now' : `Its lease lasts until ${utcTime(until)}`
  return {
    cause: `#${pull} has ${code(environment)}, as ${inert(login)} asked. ${time}.`,
    who: 'Somebody with write access',
    next: `Comment ${code(`/waybill free ${environment}`)} to end it now. This request goes on by itself when it is free.`,
  }
}
