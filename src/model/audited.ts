import type { CheckState } from './check.ts'

/** A commit of the line's first-parent history, as GitHub shows it. */
export type AuditedMerge = {
  readonly sha: string
  /** ms, UTC */
  readonly at: number
  /**
   * Null: it came without a pull request. `heads`: what was judged may be the head itself, or a merge queue's commit.
   * `gate`: how Waybill's newest gate on the head stands; null where GitHub keeps none, or not any more.
   */
  readonly pull: { readonly number: number; readonly heads: readonly string[]; readonly gate: CheckState | null } | null
  readonly by: string | null
}

/** A deployment to an environment of type production, as GitHub shows it. */
export type AuditedDeployment = {
  readonly id: number
  readonly environment: string
  readonly ref: string
  readonly sha: string
  /** ms, UTC */
  readonly at: number
  readonly by: string | null
  /** Waybill's own App made it. */
  readonly isOurs: boolean
  /** GitHub Actions made it, for a job with an environment: it may carry out what Waybill ordered, or let through. */
  readonly isRecord: boolean
}

/** Something that an auditor asks about: it went past the gate, past the policy, or past Waybill. */
export type AuditException = {
  readonly kind:
    | 'bypass'
    | 'direct-push'
    | 'override'
    | 'emergency'
    | 'accept'
    | 'foreign-deployment'
    | 'tag-moved'
    | 'loosened-policy'
  /** ms, UTC */
  readonly at: number
  readonly what: string
  readonly who: string | null
  readonly reason: string
  /** The row of the log that says so; null where GitHub does, and the log does not. */
  readonly row: number | null
}
