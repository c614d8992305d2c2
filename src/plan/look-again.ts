import type { Effect } from '../model/effect.ts'
import type { Reason } from '../model/reason.ts'
import type { Ref } from '../model/ref.ts'
import type { Finding } from '../model/verdict.ts'
import { couldNotBeRead } from '../rules/could-not-be-read.ts'

/** What could not be read is asked for again after this (ms). */
const again = 30_000

/** GitHub works out conflicts within seconds, or minutes where it is busy: ask soon after a push, later for an old head (ms). */
const soonest = 2_000
const latest = 60_000

export type Moment = {
  readonly ref: Ref
  /** ms, UTC */
  readonly now: number
  /** When the head was first seen (ms, UTC). */
  readonly headSeenAt: number
}

/** One look at the time when the first of the findings may resolve itself; none where only people or events do. */
export function lookAgain(findings: readonly Finding[], moment: Moment): readonly Effect[] {
  const times = findings.flatMap((finding) => {
    const at = finding.kind === 'waits' || finding.kind === 'blocks' ? timeFor(finding.reason, moment) : null
    return at === null ? [] : [at]
  })
  return times.length === 0 ? [] : [{ kind: 'look', ref: moment.ref, at: Math.min(...times) }]
}

/** A look after what could not be read at all. */
export function lookSoon({ ref, now }: Pick<Moment, 'ref' | 'now'>): readonly Effect[] {
  return [{ kind: 'look', ref, at: now + again }]
}

function timeFor(reason: Reason, { now, headSeenAt }: Moment): number | null {
  if (couldNotBeRead(reason)) return now + again
  if (reason.kind === 'checks-settling') return reason.until
  if (reason.kind === 'mergeable-unknown') {
    return now + Math.min(latest, Math.max(soonest, Math.floor((now - headSeenAt) / 2)))
  }
  if (reason.kind !== 'nothing-reported' && reason.kind !== 'checks-pending') return null
  return reason.silence === null || reason.silence.causes.length > 0 ? null : reason.silence.until
}
