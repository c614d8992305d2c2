import { Kysely, sql, type Transaction } from 'kysely'
import type { Log } from '../reconcile/world/log.ts'
import { dialectOver } from './dialect.ts'
import { openEmbedded } from './embedded-sessions.ts'
import { migrate } from './migrate.ts'
import { openPostgres } from './postgres-sessions.ts'
import { reachPostgres } from './reach-postgres.ts'
import type { Sessions } from './sessions.ts'
import type { Tables } from './tables.ts'

/** Where the database is: a server's URL, or a directory for the embedded one. */
export type DatabasePlace = { readonly url: string } | { readonly directory: string }

export type Tx = Transaction<Tables>

/** The database, whichever it is. Everything is written through it; `kysely` runs one committed statement a call. */
export type Database = {
  readonly kind: 'postgres' | 'embedded'
  readonly kysely: Kysely<Tables>
  /** See `Sessions`. */
  readonly presence: number | null
  /** How far Waybill's clock is ahead of the machine's (ms). */
  readonly ahead: () => number
  /** All or nothing: committed when `run` resolves, rolled back when it rejects. Only `tx` may be used inside. */
  transaction<T>(run: (tx: Tx) => Promise<T>): Promise<T>
  /** One statement with values, or several without, each committed by itself. For the queue's own SQL. */
  run(text: string, values: readonly unknown[]): Promise<{ readonly rows: readonly Record<string, unknown>[] }>
  /** `onConnect` is called after every (re)subscription: whatever was said before it may have been missed. */
  listen(channel: string, onPayload: (payload: string) => void, onConnect: () => void): Promise<() => Promise<void>>
  /** Resolves when the database answers and takes writes; rejects otherwise. */
  ping(): Promise<void>
  /** Ends everything that is open; safe to call twice. */
  close(): Promise<void>
}

/**
 * Opens the database and brings its tables up to date. The embedded one belongs to one process: a second is refused
 * with one line that names the first. `ahead` moves what is written down as the time something happened, by so many ms.
 */
export async function openDatabase(place: DatabasePlace, log: Log, ahead: () => number = () => 0): Promise<Database> {
  const sessions = 'url' in place ? openPostgres(place.url, log) : await openEmbedded(place.directory, log)
  const database = databaseOver(sessions, ahead)
  try {
    if ('url' in place) await reachPostgres(sessions, place.url)
    await migrate(database)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

function databaseOver(sessions: Sessions, ahead: () => number): Database {
  const kysely = new Kysely<Tables>({ dialect: dialectOver(sessions) })
  let closing: Promise<void> | null = null
  return {
    kind: sessions.kind,
    kysely,
    presence: sessions.presence,
    ahead,
    transaction: (run) => kysely.transaction().execute(run),
    run: (text, values) => runOnce(sessions, text, values),
    listen: (channel, onPayload, onConnect) => sessions.listen(channel, onPayload, onConnect),
    ping: async () => {
      // A primary that became a standby answers everything but what matters.
      const { rows } = await sql`select 1 where current_setting('transaction_read_only') = 'off'`.execute(kysely)
      if (rows.length === 0) throw new Error('the database takes no writes')
    },
    close: () => {
      closing ??= sessions.close()
      return closing
    },
  }
}

/** A failed statement may have left its own `begin` open, so the connection is never handed on as it is. */
async function runOnce(sessions: Sessions, text: string, values: readonly unknown[]) {
  const session = await sessions.acquire()
  let broken = true
  try {
    const result = await session.run(text, values)
    broken = false
    return result
  } finally {
    await session.release(broken)
  }
}
