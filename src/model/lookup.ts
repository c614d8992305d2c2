/** What asking the outside world can answer. "There is none" and "nobody could say" are different answers. */
export type Lookup<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly cause: string }

export const found = <T>(value: T): Lookup<T> => ({ kind: 'found', value })
export const absent: Lookup<never> = { kind: 'absent' }
/** `cause` is one plain clause for a person: "Jira answered 503". It never holds a token or a payload. */
export const unknown = (cause: string): Lookup<never> => ({ kind: 'unknown', cause })
