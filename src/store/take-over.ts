import { sql } from 'kysely'
import type { PgBoss } from 'pg-boss'
import type { Log } from '../reconcile/world/log.ts'
import type { Database } from './database.ts'
import { queueNames } from './queue-names.ts'

/** How often jobs of dead processes are looked for (ms), and when one that says nothing counts as dead (s). */
const every = 1000
const silent = 10
/**
 * That its process died is not a job's fault: it is done again at once. One that was begun so often and never ended may
 * be what its process died of, and waits longer each time, as a job that fails.
 */
const atOnce = 5

type Around = { readonly boss: PgBoss; readonly database: Database; readonly log: Log }
type Row = { readonly name: string; readonly id: string; readonly retryCount: number }

/**
 * Gives back what dead processes had begun, jobs and tries whether GitHub is back: on the embedded database all of it at once, since nobody else can be working;
 * on PostgreSQL, from now on, what belongs to processes whose presence is gone (`Sessions.presence`), and what is silent.
 * `gaveBack` is called when there is something to do again. Answers how to end it.
 */
export async function takeOver(around: Around, gaveBack: () => void): Promise<() => Promise<void>> {
  const { database, log } = around
  if (database.presence === null) {
    await giveBack(around, await readActive(database))
    await sql`update limits set until = now() where probe_by is not null`.execute(database.kysely)
    return async () => {}
  }
  let running: Promise<void> | null = null
  const look = async () => {
    await endProbes(database)
    const orphans = await readOrphans(database)
    if (orphans.length === 0) return
    log.warn({ jobs: orphans.length }, 'jobs of a process that is gone are done again')
    await giveBack(around, orphans)
    gaveBack()
  }
  const tick = () => {
    running ??= look()
      // An outage is told by whoever fetches jobs.
      .catch(() => {})
      .finally(() => {
        running = null
      })
  }
  tick()
  const ticking = setInterval(tick, every)
  return async () => {
    clearInterval(ticking)
    await running
  }
}

/** Writes down whose these jobs are. Where that is lost, their silence tells in the end. */
export async function sign({ kysely, presence }: Database, name: string, ids: readonly string[]): Promise<void> {
  if (presence === null || ids.length === 0) return
  await sql`update pgboss.job set output = jsonb_build_object('by', ${presence}::bigint)
    where name = ${name} and id = any(${ids}::uuid[]) and state = 'active'`.execute(kysely)
}

async function readActive({ kysely }: Database): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`select name, id, retry_count as "retryCount" from pgboss.job
    where name in (${sql.join(queueNames)}) and state = 'active'`.execute(kysely)
  return rows
}

/** An advisory lock's number is the lower half of its key (PostgreSQL's documentation, `pg_locks`). */
const presences = sql`select objid::bigint from pg_locks where locktype = 'advisory' and classid = 0 and objsubid = 1
  and database = (select oid from pg_database where datname = current_database())`

/** Who tried whether GitHub is back, and is gone, will never say. */
async function endProbes({ kysely }: Database): Promise<void> {
  await sql`update limits set until = now() where until > now() and probe_by not in (${presences})`.execute(kysely)
}

async function readOrphans({ kysely, presence }: Database): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`select name, id, retry_count as "retryCount" from pgboss.job
    where name in (${sql.join(queueNames)}) and state = 'active' and (
      heartbeat_on < now() - ${silent} * interval '1 second'
      or (output->>'by')::bigint <> ${presence} and (output->>'by')::bigint not in (${presences}))`.execute(kysely)
  return rows
}

async function giveBack({ boss, database }: Around, jobs: readonly Row[]): Promise<void> {
  for (const name of queueNames) {
    const own = jobs.filter((job) => job.name === name)
    if (own.length === 0) continue
    await boss.fail(name, [...own], { message: 'the process ended' })
    const ids = own.map((job) => job.id)
    await sql`update pgboss.job set start_after = now() where name = ${name} and id = any(${ids}::uuid[])
      and state = 'retry' and retry_count < ${atOnce}`.execute(database.kysely)
  }
}
