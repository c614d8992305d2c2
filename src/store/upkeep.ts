import type { Log } from '../reconcile/world/log.ts'
import type { Sessions, SqlResult } from './sessions.ts'

/** How often it is looked whether something is due (ms). */
const look = 5000
/** A checkpoint after so much time (ms) or so much write-ahead log (bytes), a vacuum likewise. */
const checkpointAfter = { time: 60_000, written: 48 * 1024 * 1024 }
const vacuumAfter = { time: 300_000, written: 96 * 1024 * 1024 }

type Done = { readonly at: number; readonly written: number }

/**
 * What a PostgreSQL server does by itself and PGlite doesn't: checkpoints, so that the write-ahead log stays short,
 * and vacuums, so that the tables do. Nothing is done while nothing is written. Answers how to end it.
 */
export function keepUp(sessions: Sessions, log: Log): () => Promise<void> {
  const round = createRounds(
    (text) => once(sessions, text),
    () => performance.now(),
  )
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = running
      .then(round)
      .catch((error: unknown) => log.error({ cause: String(error) }, 'the upkeep of the embedded database failed'))
  }, look)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}

/** Each call does what is due by then. `clock` gives ms. */
export function createRounds(ask: (text: string) => Promise<SqlResult>, clock: () => number): () => Promise<void> {
  let checkpoint: Done = { at: clock(), written: 0 }
  let vacuum = checkpoint
  return async () => {
    const { rows } = await ask("select pg_current_wal_lsn() - '0/0'::pg_lsn as n")
    const now = { at: clock(), written: Number(rows[0]?.['n'] ?? 0) }
    if (isDue(vacuum, now, vacuumAfter)) {
      await ask('vacuum')
      vacuum = now
    }
    if (isDue(checkpoint, now, checkpointAfter)) {
      await ask('checkpoint')
      checkpoint = now
    }
  }
}

function isDue(last: Done, now: Done, after: { readonly time: number; readonly written: number }): boolean {
  const written = now.written - last.written
  return written > after.written || (written > 0 && now.at - last.at > after.time)
}

async function once(sessions: Sessions, text: string): Promise<SqlResult> {
  const session = await sessions.acquire()
  let failed = true
  try {
    const result = await session.run(text, [])
    failed = false
    return result
  } finally {
    await session.release(failed)
  }
}
