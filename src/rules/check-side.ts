import type { Check, CheckState } from '../model/check.ts'
import type { ChecksPolicy } from './checks-policy.ts'

export type CheckSide = 'green' | 'failed' | 'cancelled' | 'pending'

/** What one check says, given the others on its commit. */
export function sideOf(check: Check, policy: ChecksPolicy, all: readonly Check[]): CheckSide {
  switch (check.state) {
    case 'success':
      return 'green'
    case 'neutral':
      return policy.neutral === 'pass' ? 'green' : 'failed'
    case 'skipped':
      return sideOfSkipped(check, policy, all)
    case 'queued':
    case 'in_progress':
      return 'pending'
    case 'cancelled':
    case 'stale':
      return 'cancelled'
    case 'failure':
    case 'timed_out':
    case 'startup_failure':
    case 'action_required':
    case 'unknown':
      return 'failed'
  }
}

export function isFailing(state: CheckState): boolean {
  return ['failure', 'timed_out', 'startup_failure', 'action_required', 'unknown'].includes(state)
}

/** Skipped because something before it in the same workflow failed or was cancelled: that is no pass. */
function sideOfSkipped(check: Check, policy: ChecksPolicy, all: readonly Check[]): CheckSide {
  const siblings = check.suiteId === null ? [] : all.filter((one) => one.suiteId === check.suiteId)
  if (policy.skipped === 'block' || siblings.some((one) => isFailing(one.state))) return 'failed'
  return siblings.some((one) => one.state === 'cancelled' || one.state === 'stale') ? 'cancelled' : 'green'
}
