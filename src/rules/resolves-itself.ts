import type { Reason } from '../model/reason.ts'

const byItself: ReadonlySet<Reason['kind']> = new Set<Reason['kind']>([
  'issue-unreadable',
  'revert-unreadable',
  'reviews-unreadable',
  'commits-unreadable',
  'team-unreadable',
  'checks-unreadable',
  'required-unreadable',
  'checks-settling',
  'mergeable-unknown',
  'line-unknown',
])

/** Whether a wait may end without a person: what runs comes to its end, and what could not be read is asked for again. */
export function resolvesItself(reason: Reason): boolean {
  if (reason.kind === 'checks-pending') return reason.silence === null || reason.silence.causes.length === 0
  if (reason.kind === 'nothing-reported') return reason.silence.causes.length === 0
  return byItself.has(reason.kind)
}
