/** One line of the audit log. Facts as they were read; `at` is set by the database. */
export type AuditEntry = {
  /** Names the decision, so that it is written once however often the pass runs. */
  readonly key: string
  readonly action:
    | 'release'
    | 'deploy'
    | 'promote'
    | 'refuse'
    | 'rollback'
    | 'retry'
    | 'hold'
    | 'unhold'
    | 'accept'
    | 'sign-off'
    | 'observe'
    | 'rush'
    | 'override'
    | 'direct-push'
    | 'void'
    | 'gate'
    | 'configure'
    | 'stop'
  readonly actor: { readonly id: number; readonly login: string } | null
  readonly subject: string
  readonly version: string | null
  readonly sha: string | null
  readonly environment: string | null
  readonly reason: string
  readonly evidence: readonly string[]
}
