import type { Effect } from '../model/effect.ts'
import type { Ref } from '../model/ref.ts'
import type { Finding, Reason } from '../model/verdict.ts'

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
  switch (reason.kind) {
    case 'checks-settling':
      return reason.until
    case 'nothing-reported':
    case 'checks-pending':
      return reason.silence === null || reason.silence.causes.length > 0 ? null : reason.silence.until
    case 'mergeable-unknown':
      return now + Math.min(latest, Math.max(soonest, Math.floor((now - headSeenAt) / 2)))
    case 'issue-unreadable':
    case 'revert-unreadable':
    case 'reviews-unreadable':
    case 'commits-unreadable':
    case 'team-unreadable':
    case 'checks-unreadable':
    case 'required-unreadable':
      return now + again
    case 'branch-without-key':
    case 'branch-off-pattern':
    case 'foreign-project':
    case 'several-issues':
    case 'issue-not-found':
    case 'issue-done':
    case 'issue-status-not-allowed':
    case 'issue-moved':
    case 'approvals-missing':
    case 'changes-requested':
    case 'policy-owner-missing':
    case 'author-unknown':
    case 'checks-cancelled':
    case 'checks-failed':
    case 'draft':
    case 'conflict':
    case 'line-red':
    case 'line-unknown':
      return null
  }
}
