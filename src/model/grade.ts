/**
 * How something meant for Jira arrived. `kept` is still on its way; a `cause` is one plain clause for a person and holds
 * no token and no payload.
 */
export type Grade =
  | { readonly kind: 'reported' }
  /** It is shown at some of its issues. */
  | { readonly kind: 'partly'; readonly cause: string }
  /** Jira said no; it is not sent again until it changes. */
  | { readonly kind: 'not-reported'; readonly cause: string }
  /** It is sent again, not before `until` (ms, UTC; 0: as soon as possible). */
  | { readonly kind: 'kept'; readonly cause: string; readonly until: number }

/** What became of one report or one action, by its key. */
export type Graded = { readonly key: string; readonly grade: Grade }

/** Somebody who reads about it should hear of it. */
export function isTrouble(grade: Grade): boolean {
  return grade.kind === 'partly' || grade.kind === 'not-reported' || (grade.kind === 'kept' && grade.cause !== '')
}
