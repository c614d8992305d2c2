export type SqlResult = { readonly rows: readonly Record<string, unknown>[]; readonly affected: number }

/** One connection, held by one caller until it is released. */
export type Session = {
  /**
   * One statement with values, or any number of statements without. Rejects with the database's own error. What is asked
   * before another answer came is done after that, in the order it was asked.
   */
  run(text: string, values: readonly unknown[]): Promise<SqlResult>
  /** Gives the connection back. `broken`: it may be dead or inside a failed transaction, and must not be used as it is. */
  release(broken: boolean): Promise<void>
}

/** What PostgreSQL and PGlite have in common: connections to hold, and a channel to listen to. */
export type Sessions = {
  readonly kind: 'postgres' | 'embedded'
  /**
   * A number by which the other processes on the same database can tell that this one lives: as long as it listens it
   * holds an advisory lock on it. Null where there can be no other.
   */
  readonly presence: number | null
  acquire(): Promise<Session>
  /** `onConnect` is called after every (re)subscription: whatever was said before it may have been missed. */
  listen(channel: string, onPayload: (payload: string) => void, onConnect: () => void): Promise<() => Promise<void>>
  close(): Promise<void>
}
