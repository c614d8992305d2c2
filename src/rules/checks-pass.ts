import type { Check, CheckShown, Checks } from '../model/check.ts'
import type { Lookup } from '../model/lookup.ts'
import type { Answer } from '../model/verdict.ts'
import { isFailing, sideOf } from './check-side.ts'
import type { ChecksPolicy } from './checks-policy.ts'
import { type CountedChecks, countChecks, isIgnored, isOfCommit } from './counted-checks.ts'
import { silenceOf } from './silence.ts'
import { unbegunWorkflows } from './unbegun-workflows.ts'
import { unfinishedSuites } from './unfinished-suites.ts'

/**
 * Are the checks of one commit green? The newest of each identity decides; their order in the list does not matter. A
 * failure blocks; what is cancelled, pending, missing or unreadable waits; a state nobody knows blocks.
 */
export function judgeChecks(checks: Lookup<Checks>, policy: ChecksPolicy): Answer {
  const { wanted, required } = policy
  if (Array.isArray(wanted) && wanted.length === 0) return { kind: 'skips', note: { kind: 'no-checks-needed' } }
  if (checks.kind !== 'found') {
    const cause = checks.kind === 'unknown' ? checks.cause : 'GitHub gave no list of checks'
    return { kind: 'waits', reason: { kind: 'checks-unreadable', cause } }
  }
  const counted = countChecks(checks.value, policy, required.kind === 'found' ? required.value : [])
  const sorted = sortOut(counted, policy)
  const failed = [...sorted.failed.map(shown), ...(counted.open ? unbegunWorkflows(checks.value, policy) : [])]
  if (failed.length > 0) return { kind: 'blocks', reason: { kind: 'checks-failed', checks: failed } }
  if (!Array.isArray(wanted) && required.kind === 'unknown') {
    return { kind: 'waits', reason: { kind: 'required-unreadable', cause: required.cause } }
  }
  const pending = judgePending(checks.value, policy, { ...counted, ...sorted })
  if (pending !== null) return pending
  const names = counted.decisive.map((check) => check.name)
  const notRequired = counted.beside.filter((check) => isFailing(check.state)).map(shown)
  return { kind: 'passes', note: { kind: 'checks-green', names: [...new Set(names)], notRequired } }
}

type Sorted = Record<'failed' | 'cancelled' | 'pending', readonly Check[]>

function sortOut({ decisive, all }: CountedChecks, policy: ChecksPolicy): Sorted {
  const sorted: { failed: Check[]; cancelled: Check[]; pending: Check[] } = { failed: [], cancelled: [], pending: [] }
  for (const check of decisive) {
    const side = sideOf(check, policy, all)
    if (side !== 'green') sorted[side].push(check)
  }
  return sorted
}

function judgePending(checks: Checks, policy: ChecksPolicy, counted: CountedChecks & Sorted): Answer | null {
  const { cancelled, pending, missing, decisive } = counted
  if (cancelled.length > 0) {
    return { kind: 'waits', reason: { kind: 'checks-cancelled', checks: cancelled.map(shown) } }
  }
  const suites = counted.open ? openSuites(checks, policy, pending) : []
  const open = [...pending.map(shown), ...suites]
  const queued = [...pending.filter((check) => check.state === 'queued').map(shown), ...suites]
  const isSilent = missing.length > 0 || queued.length > 0
  const silence = silenceOf(checks, policy, { missing, queued })
  if (open.length > 0 || missing.length > 0) {
    return {
      kind: 'waits',
      reason: { kind: 'checks-pending', checks: open, missing, silence: isSilent ? silence : null },
    }
  }
  if (!counted.open) return null
  if (decisive.length === 0) return { kind: 'waits', reason: { kind: 'nothing-reported', silence } }
  if (policy.now >= policy.settleUntil) return null
  return { kind: 'waits', reason: { kind: 'checks-settling', until: policy.settleUntil } }
}

/** Suites that may still bring a run, beside the runs that are known to be pending. */
function openSuites(checks: Checks, policy: ChecksPolicy, pending: readonly Check[]): readonly CheckShown[] {
  return unfinishedSuites(checks, (check) => isOfCommit(check) && !isIgnored(check, policy))
    .filter(({ id }) => !pending.some((one) => one.suiteId === id))
    .map(({ app, awaitsApproval }) => {
      return { name: app.slug, word: awaitsApproval ? 'waiting for approval' : 'in progress', url: null }
    })
}

function shown(check: Check): CheckShown {
  return { name: check.name, word: check.word, url: check.url }
}
