/** What the thread that holds PGlite is asked. One at a time: the next is sent when the last is answered. */
export type WorkerRequest =
  | { readonly id: number; readonly kind: 'run'; readonly text: string; readonly values: readonly unknown[] }
  | { readonly id: number; readonly kind: 'listen'; readonly channel: string }
  | { readonly id: number; readonly kind: 'close' }

export type WorkerMessage =
  | {
      readonly kind: 'answer'
      readonly id: number
      readonly rows: readonly Record<string, unknown>[]
      readonly affected: number
    }
  | { readonly kind: 'failure'; readonly id: number; readonly error: SqlFailure }
  | { readonly kind: 'notification'; readonly channel: string; readonly payload: string }

/** PostgreSQL's error as far as callers look at it: `code` is the SQLSTATE. */
export type SqlFailure = {
  readonly message: string
  readonly code: string | null
  readonly detail: string | null
  readonly constraint: string | null
}
