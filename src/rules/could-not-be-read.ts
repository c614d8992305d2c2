import type { Reason } from '../model/reason.ts'

const unread: ReadonlySet<Reason['kind']> = new Set<Reason['kind']>([
  'issue-unreadable',
  'revert-unreadable',
  'reviews-unreadable',
  'commits-unreadable',
  'team-unreadable',
  'checks-unreadable',
  'required-unreadable',
])

/** Whether a wait is for the next try to read something, and for nobody. */
export function couldNotBeRead(reason: Reason): boolean {
  return unread.has(reason.kind)
}
