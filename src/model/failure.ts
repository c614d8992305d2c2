/**
 * Why a call to the outside did not do what it was asked.
 * - busy: a limit or an outage; everything of this installation waits until `until` (ms, UTC).
 * - refused: a permission or a rule of the repository is in the way; `remedy` says what to change. Not retried hot.
 * - burned: an immutable release had this tag's name once, and GitHub never gives it out again.
 * - bug: an answer nobody expected. Said aloud, looked at again slowly.
 */
export type Failure =
  | { readonly kind: 'busy'; readonly until: number; readonly cause: string }
  | { readonly kind: 'refused'; readonly call: string; readonly cause: string; readonly remedy: string }
  | { readonly kind: 'burned'; readonly call: string; readonly cause: string; readonly tag: string }
  | { readonly kind: 'bug'; readonly call: string; readonly cause: string }

/** Carries a Failure through promises. Its message never holds a token, a secret or a payload. */
export class Failed extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(`${failure.kind}: ${failure.cause}`)
    this.name = 'Failed'
    this.failure = failure
  }
}
