import { type Check, type CheckState, type Checks, newestChecks } from '../model/check.ts'
import type { ChecksWanted } from '../model/config-schema.ts'
import { globMatches } from '../model/glob.ts'
import type { Lookup } from '../model/lookup.ts'
import type { Answer, CheckShown } from '../model/verdict.ts'
import { unfinishedSuites } from './unfinished-suites.ts'

export type ChecksPolicy = {
  /** `required` is judged as `all`: what GitHub requires is not among the facts, and more is safer than less. */
  readonly wanted: ChecksWanted
  /** With `all`, nothing passes before this (ms, UTC); null for no such time. */
  readonly settleUntil: number | null
  /** ms, UTC */
  readonly now: number
  readonly neutral: 'pass' | 'block'
  readonly skipped: 'pass' | 'block'
  /** Names and globs that never block. */
  readonly ignore: readonly string[]
}

/**
 * Are the checks of one commit green? The newest of each identity decides; their order in the list does not matter. A
 * failure blocks; what is cancelled, pending, missing or unreadable waits; a state nobody knows blocks.
 */
export function judgeChecks(checks: Lookup<Checks>, policy: ChecksPolicy): Answer {
  if (policy.wanted !== 'all' && policy.wanted !== 'required' && policy.wanted.length === 0) {
    return { kind: 'skips', note: { kind: 'no-checks-needed' } }
  }
  if (checks.kind !== 'found') {
    const cause = checks.kind === 'unknown' ? checks.cause : 'GitHub gave no list of checks'
    return { kind: 'waits', reason: { kind: 'checks-unreadable', cause } }
  }
  const counted = countedChecks(checks.value, policy)
  const sorted = sortOut(counted.decisive, { policy, all: counted.all })
  if (sorted.failed.length > 0) {
    return { kind: 'blocks', reason: { kind: 'checks-failed', checks: sorted.failed.map(shown) } }
  }
  const pending = judgePending(checks.value, policy, { ...counted, ...sorted })
  if (pending !== null) return pending
  const names = counted.decisive.map((check) => check.name)
  const notRequired = counted.beside.filter((check) => isFailing(check.state)).map(shown)
  return { kind: 'passes', note: { kind: 'checks-green', names: [...new Set(names)], notRequired } }
}

type Counted = {
  /** The newest of every identity that may count. */
  readonly all: readonly Check[]
  /** Those that decide, and those that are only shown. */
  readonly decisive: readonly Check[]
  readonly beside: readonly Check[]
}

function countedChecks(checks: Checks, policy: ChecksPolicy): Counted {
  const all = newestChecks(checks.checks.filter((check) => isOfCommit(check) || isNamed(check, policy.wanted)))
  const decisive = all.filter((check) => {
    if (policy.wanted === 'all' || policy.wanted === 'required') return !isIgnored(check, policy)
    return isNamed(check, policy.wanted) && !isIgnored(check, policy)
  })
  return { all, decisive, beside: all.filter((check) => !decisive.includes(check)) }
}

type Sorted = Record<'failed' | 'cancelled' | 'pending', readonly Check[]>

function sortOut(decisive: readonly Check[], { policy, all }: { policy: ChecksPolicy; all: readonly Check[] }): Sorted {
  const sorted: { failed: Check[]; cancelled: Check[]; pending: Check[] } = { failed: [], cancelled: [], pending: [] }
  for (const check of decisive) {
    const side = sideOf(check, policy, all)
    if (side !== 'green') sorted[side].push(check)
  }
  return sorted
}

function sideOf(check: Check, policy: ChecksPolicy, all: readonly Check[]): keyof Sorted | 'green' {
  switch (check.state) {
    case 'success':
      return 'green'
    case 'neutral':
      return policy.neutral === 'pass' ? 'green' : 'failed'
    case 'skipped':
      return policy.skipped === 'pass' && !hasFailedSibling(check, all) ? 'green' : 'failed'
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

function judgePending(checks: Checks, policy: ChecksPolicy, counted: Counted & Sorted): Answer | null {
  if (counted.cancelled.length > 0) {
    return { kind: 'waits', reason: { kind: 'checks-cancelled', checks: counted.cancelled.map(shown) } }
  }
  if (policy.wanted !== 'all' && policy.wanted !== 'required') {
    const missing = policy.wanted.filter((one) => !counted.all.some((check) => isNamed(check, [one])))
    if (counted.pending.length === 0 && missing.length === 0) return null
    const names = missing.map((one) => (typeof one === 'string' ? one : `${one.name} (${one.app})`))
    return { kind: 'waits', reason: { kind: 'checks-pending', checks: counted.pending.map(shown), missing: names } }
  }
  const suites = unfinishedSuites(checks, (check) => isOfCommit(check) && !isIgnored(check, policy))
  const open = [
    ...counted.pending.map(shown),
    ...suites.filter(({ id }) => !counted.pending.some((one) => one.suiteId === id)).map(suiteShown),
  ]
  if (open.length > 0) return { kind: 'waits', reason: { kind: 'checks-pending', checks: open, missing: [] } }
  if (counted.decisive.length === 0) return { kind: 'waits', reason: { kind: 'nothing-reported' } }
  if (policy.settleUntil === null || policy.now >= policy.settleUntil) return null
  return { kind: 'waits', reason: { kind: 'checks-settling', until: policy.settleUntil } }
}

/** A deployment, a nightly scan or a run by hand says nothing about the commit. */
function isOfCommit(check: Check): boolean {
  return !['deployment', 'deployment_status', 'schedule', 'release', 'workflow_dispatch'].includes(
    check.workflowEvent ?? '',
  )
}

function isNamed(check: Check, wanted: ChecksWanted): boolean {
  if (wanted === 'all' || wanted === 'required') return false
  return wanted.some((one) => {
    if (typeof one === 'string') return one === check.name || globMatches(one, check.name, null)
    return check.app.slug === one.app && (one.name === check.name || globMatches(one.name, check.name, null))
  })
}

function isIgnored(check: Check, policy: ChecksPolicy): boolean {
  return policy.ignore.some((one) => one === check.name || globMatches(one, check.name, null))
}

function isFailing(state: CheckState): boolean {
  return ['failure', 'timed_out', 'startup_failure', 'action_required', 'unknown'].includes(state)
}

/** Skipped because something before it in the same workflow failed: that is no pass. */
function hasFailedSibling(check: Check, all: readonly Check[]): boolean {
  return check.suiteId !== null && all.some((one) => one.suiteId === check.suiteId && isFailing(one.state))
}

function shown(check: Check): CheckShown {
  return { name: check.name, word: check.word, url: check.url }
}

function suiteShown(suite: { readonly app: { readonly slug: string } }): CheckShown {
  return { name: suite.app.slug, word: 'in progress', url: null }
}
