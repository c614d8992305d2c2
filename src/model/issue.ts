/** A Jira issue as far as the rules look at it. */
export type Issue = {
  readonly key: string
  readonly summary: string
  readonly status: string
  /** Jira's status category `done`. */
  readonly done: boolean
  readonly type: string
  readonly url: string
}
