/**
 * GitHub is not to be called for an installation before `until` (ms, UTC). `outage`: it did not answer; else it asked for it.
 * `probing`: one call tries just now whether it answers again.
 */
export type Limit = {
  readonly installation: string
  readonly until: number
  readonly cause: string
  readonly outage: boolean
  readonly probing: boolean
}

/** What GitHub told one process, for all of them. `now` is the caller's clock (ms, UTC). */
export type Limits = {
  /** All that last; null where nobody tells. */
  read(now: number): Promise<readonly Limit[] | null>
  keep(limit: Limit, now: number): Promise<void>
  /** After an outage: whether the caller is the one to try. Then nobody else is before `until`. */
  claimProbe(limit: Limit, now: number): Promise<boolean>
  end(installation: string): Promise<void>
}
