import type { CheckShown } from '../model/check.ts'
import type { Reason } from '../model/reason.ts'
import type { Silence } from '../model/silence.ts'
import { checkList } from './check-list.ts'
import { nextOfSilence, whoOfSilence, whySilent } from './explain-silence.ts'
import { code, inert, plain } from './inert.ts'
import { byItself, type ReasonWords } from './reason-words.ts'
import { utcTime } from './utc-time.ts'

type ChecksReason = Extract<
  Reason,
  {
    kind:
      | 'nothing-reported'
      | 'checks-settling'
      | 'checks-pending'
      | 'checks-cancelled'
      | 'checks-failed'
      | 'checks-unreadable'
      | 'required-unreadable'
  }
>

/** What is missing of the checks. */
export function explainChecks(reason: ChecksReason): ReasonWords {
  switch (reason.kind) {
    case 'nothing-reported':
      return nothingReported(reason.silence)
    case 'checks-settling':
      return {
        short: 'waiting for late checks',
        cause: `What reported is green; until ${utcTime(reason.until)} others may still begin.`,
        who: byItself,
        next: 'Wait for that moment.',
      }
    case 'checks-pending':
      return pending(reason)
    case 'checks-cancelled':
      return {
        short: `${names(reason.checks)} ${reason.checks.length === 1 ? 'has' : 'have'} to run again`,
        cause: `Cancelled or given up before it said anything: ${checkList(reason.checks)}.`,
        who: 'Anybody with write access',
        next: `Run ${itOrThem(reason.checks)} again.`,
      }
    case 'checks-failed':
      return {
        short: `${names(reason.checks)} failed`,
        cause: `Not green: ${checkList(reason.checks)}.`,
        who: 'The author',
        next: `Mend what was found and push, or run ${itOrThem(reason.checks)} again if it was not the change.`,
      }
    case 'checks-unreadable':
      return {
        short: "the checks can't be read",
        cause: `The checks can't be read from GitHub: ${inert(reason.cause)}.`,
        who: byItself,
        next: 'Waybill asks again in half a minute.',
      }
    case 'required-unreadable':
      return {
        short: "what GitHub requires can't be read",
        cause: `The checks that GitHub requires on this branch can't be read: ${inert(reason.cause)}.`,
        who: 'Nobody, unless it stays so: then an admin of this repository',
        next: `Waybill asks again in half a minute. If it stays so, let the App read metadata and contents, or list the checks under ${code('merge.checks')}.`,
      }
  }
}

function nothingReported(silence: Silence): ReasonWords {
  const seen = { ...silence, causes: silence.causes.filter(({ kind }) => kind !== 'not-started') }
  return {
    short: 'no check has reported',
    cause: `No check has reported on this commit: nothing says that it works.${whySilent(silence)}`,
    who: whoOfSilence(silence) ?? 'Whoever keeps the build',
    next:
      nextOfSilence(seen) ??
      `Let a build run for pull requests; where there is none to run, set ${code('merge.checks: []')}.`,
  }
}

function pending({ checks, missing, silence }: Extract<Reason, { kind: 'checks-pending' }>): ReasonWords {
  const running = checks.length === 0 ? [] : [`Not finished: ${checkList(checks)}.`]
  const absent = missing.length === 0 ? [] : [`Not reported yet: ${missing.map(code).join(', ')}.`]
  return {
    short: `waiting for ${plain([...missing, ...checks.map((check) => check.name)].slice(0, 3).join(', '))}`,
    cause: [...running, ...absent].join(' ') + whySilent(silence),
    who:
      whoOfSilence(silence) ??
      (missing.length === 0 ? byItself : 'Nobody, unless it stays so: then whoever keeps the build'),
    next:
      nextOfSilence(silence) ??
      `Wait for ${itOrThem([...missing, ...checks])} to ${missing.length === 0 ? 'finish' : 'report'}.`,
  }
}

function itOrThem(all: readonly unknown[]): string {
  return all.length === 1 ? 'it' : 'them'
}

function names(checks: readonly CheckShown[]): string {
  const first = checks.slice(0, 3).map((check) => check.name)
  return plain(checks.length > 3 ? `${first.join(', ')} and ${checks.length - 3} more` : first.join(', '))
}
