import type { TestCounts } from './test-counts.ts'

/** What a check run or a commit status says. `unknown` is a conclusion this version does not know. */
export type CheckState =
  | 'queued'
  | 'in_progress'
  | 'success'
  | 'neutral'
  | 'skipped'
  | 'failure'
  | 'timed_out'
  | 'startup_failure'
  | 'action_required'
  | 'cancelled'
  | 'stale'
  | 'unknown'

/** One check run or commit status. Identity is (app, workflow, name); the newest of an identity decides. */
export type Check = {
  readonly kind: 'run' | 'status'
  /** A check run's id, or the time a status was created (ms, UTC): the greater one is the newer one. */
  readonly id: number
  readonly name: string
  /** Who reported: the App of a check run, the creator of a status (id 0 where GitHub names none). */
  readonly app: { readonly id: number; readonly slug: string }
  /** A status can be set by a person, whose login may be any App's name. */
  readonly by: 'app' | 'person'
  readonly state: CheckState
  /** GitHub's own word for the state, for showing. */
  readonly word: string
  readonly url: string | null
  readonly suiteId: number | null
  /** The event that started the workflow run, where it is one of GitHub Actions. */
  readonly workflowEvent: string | null
  /** The workflow itself, likewise: two of them may each have a job of this name. */
  readonly workflowId: number | null
  /** ms, UTC */
  readonly startedAt: number | null
  /** What a run says of its tests; absent where it says nothing that can be read. */
  readonly tests?: TestCounts
}

/** A check as people are shown it, with GitHub's own word for its state. */
export type CheckShown = { readonly name: string; readonly word: string; readonly url: string | null }

/** A check suite that may still bring runs. */
export type CheckSuite = {
  readonly id: number
  readonly app: { readonly id: number; readonly slug: string }
  readonly finished: boolean
  readonly runs: number
  /** GitHub holds its workflow back until somebody with write access approves the run. */
  readonly awaitsApproval: boolean
  /** It ended as failed without one run: GitHub could not begin its workflow, or not even read it. */
  readonly neverBegan: boolean
  /** The event that started the workflow run, where it is one of GitHub Actions. */
  readonly workflowEvent: string | null
  /** The workflow it is a run of, likewise; its name is its file's path where GitHub can't read that. */
  readonly workflow: { readonly id: number; readonly name: string } | null
}

/** A check that GitHub itself requires on a branch; `appId` where only that App's counts. */
export type RequiredCheck = { readonly name: string; readonly appId: number | null }

/** What GitHub itself requires on a branch, as far as Waybill asks. */
export type BranchRules = {
  readonly checks: readonly RequiredCheck[]
  /** A ruleset wants every conversation of a review resolved; classic protection does not tell. */
  readonly conversations: boolean
}

/** All that reported on one commit, Waybill's own checks left out. */
export type Checks = { readonly checks: readonly Check[]; readonly suites: readonly CheckSuite[] }

/** A check run that Waybill itself posted on a commit; the newest of its name is the one GitHub counts. */
export type PostedCheck = {
  readonly name: CheckName
  readonly runId: number
  readonly completed: boolean
  /** What a completed run concluded; null while it is in progress. */
  readonly conclusion: CheckState | null
  /** ms, UTC */
  readonly startedAt: number | null
  /** The fingerprint of the answer it shows, from the run's external id; empty when it is not ours to read. */
  readonly fingerprint: string
}

/** The checks Waybill posts: on a pushed branch, on a pull request's head twice, on a merge commit. */
export const checkNames = ['waybill/branch', 'waybill/gate', 'waybill/config', 'waybill/line'] as const
export type CheckName = (typeof checkNames)[number]

/** One check per (app, workflow, name): the newest. Order of the list does not matter. */
export function newestChecks(checks: readonly Check[]): readonly Check[] {
  const newest = new Map<string, Map<string, Check>>()
  for (const check of checks) {
    const origin = `${check.kind} ${check.app.id} ${check.workflowId}`
    const byName = newest.get(origin) ?? new Map<string, Check>()
    newest.set(origin, byName)
    const known = byName.get(check.name)
    if (known === undefined || check.id > known.id) byName.set(check.name, check)
  }
  return [...newest.values()].flatMap((byName) => [...byName.values()]).sort(inOrder)
}

function inOrder(a: Check, b: Check): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1
  if (a.app.id !== b.app.id) return a.app.id - b.app.id
  if (a.kind !== b.kind) return a.kind === 'run' ? -1 : 1
  return (a.workflowId ?? 0) - (b.workflowId ?? 0)
}
