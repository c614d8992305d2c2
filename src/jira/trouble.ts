/** What came of a call to Jira that brought nothing. `cause` and `message` are for people and hold no token and no payload. */
export type Trouble =
  /** No answer, or one that can't be used. */
  | { readonly kind: 'lost'; readonly cause: string }
  /** Jira said something else than yes. */
  | {
      readonly kind: 'answered'
      readonly status: number
      /** Jira's own words, cut; may be empty. */
      readonly message: string
      /** Jira itself speaks, in JSON: no proxy, no login page. */
      readonly json: boolean
      /** Jira says, in its own form, that it has no such thing: no gateway, and no server of another kind. */
      readonly absence: boolean
      /** ms, from `Retry-After` */
      readonly retryAfter: number | null
      /** The limit counts for one issue only; others may go on. */
      readonly perIssue: boolean
    }

/** Carries a Trouble through promises. */
export class JiraTrouble extends Error {
  readonly trouble: Trouble
  constructor(trouble: Trouble) {
    super(trouble.kind === 'lost' ? trouble.cause : `Jira answered ${trouble.status}`)
    this.name = 'JiraTrouble'
    this.trouble = trouble
  }
}
