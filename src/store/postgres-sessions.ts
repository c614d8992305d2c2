import { randomInt } from 'node:crypto'
import pg from 'pg'
import type { Log } from '../reconcile/world/log.ts'
import type { Session, Sessions, SqlResult } from './sessions.ts'

/** How long a connection may take to open (ms). */
const connectWithin = 5000
/** Type id of int8 (PostgreSQL's catalogue, `pg_type.dat`). Ids of GitHub fit a JavaScript number. */
const int8 = 20

const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === int8 ? (text: string) => Number(text) : pg.types.getTypeParser(oid, format),
}

/** A pool on a PostgreSQL server. A server that goes away fails the calls in flight and nothing else. */
export function openPostgres(url: string, log: Log): Sessions {
  const pool = new pg.Pool({
    connectionString: url,
    max: 12,
    // What is asked on one connection at once goes out at once, and is answered in its order.
    pipeline: true,
    connectionTimeoutMillis: connectWithin,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5000,
    statement_timeout: 30_000,
    query_timeout: 32_000,
    idle_in_transaction_session_timeout: 30_000,
    application_name: 'waybill',
    types,
  })
  pool.on('error', (error) => log.warn({ cause: error.message }, 'a connection to the database was lost'))
  const presence = randomInt(1, 2 ** 31)
  return {
    kind: 'postgres',
    presence,
    acquire: async () => hold(await pool.connect()),
    listen: (channel, onPayload, onConnect) => listen({ url, log, presence, channel, onPayload, onConnect }),
    close: () => pool.end(),
  }
}

function hold(client: pg.PoolClient): Session {
  // A socket that dies while the client is held reports here; the statement in flight rejects as well.
  const ignore = () => {}
  client.on('error', ignore)
  return {
    run: async (text, values) => {
      const answer: unknown = await (values.length === 0 ? client.query(text) : client.query(text, [...values]))
      return resultOf(answer)
    },
    release: async (broken) => {
      client.off('error', ignore)
      client.release(broken)
    },
  }
}

/** Several statements at once answer a list (node-postgres); their rows follow each other. */
function resultOf(answer: unknown): SqlResult {
  const results = (Array.isArray(answer) ? answer : [answer]) as readonly pg.QueryResult[]
  return { rows: results.flatMap((one) => one.rows), affected: results.at(-1)?.rowCount ?? 0 }
}

type Listening = {
  readonly url: string
  readonly log: Log
  readonly presence: number
  readonly channel: string
  readonly onPayload: (payload: string) => void
  readonly onConnect: () => void
}

/** Listens on a connection of its own, and connects again when it is lost. */
async function listen(what: Listening): Promise<() => Promise<void>> {
  let closed = false
  let client: pg.Client | null = null
  let timer: NodeJS.Timeout | null = null
  const again = () => {
    if (!closed) timer = setTimeout(() => void connect().catch(again), 1000)
  }
  const connect = async () => {
    const next = new pg.Client({
      connectionString: what.url,
      connectionTimeoutMillis: connectWithin,
      keepAlive: true,
      keepAliveInitialDelayMillis: 5000,
      application_name: 'waybill',
    })
    client = next
    next.on('error', (error) => what.log.warn({ cause: error.message }, 'listening to the database was interrupted'))
    next.on('notification', (message) => what.onPayload(message.payload ?? ''))
    try {
      await next.connect()
      await next.query('select pg_advisory_lock_shared($1)', [what.presence])
      await next.query(`listen ${pg.escapeIdentifier(what.channel)}`)
    } catch (error) {
      void next.end().catch(() => {})
      throw error
    }
    if (closed) return void next.end().catch(() => {})
    next.once('end', again)
    what.onConnect()
  }
  await connect()
  return async () => {
    closed = true
    if (timer !== null) clearTimeout(timer)
    await client?.end().catch(() => {})
  }
}
