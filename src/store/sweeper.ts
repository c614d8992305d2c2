import { sql } from 'kysely'
import type { PgBoss } from 'pg-boss'
import type { Log } from '../reconcile/world/log.ts'
import type { Work } from '../reconcile/world/queue.ts'
import type { Database } from './database.ts'
import { type Lane, openLane } from './lane.ts'
import { moveMark } from './move-mark.ts'

/** Sweeps of single installations beside the one of all. */
const together = 3

type Order = { readonly installation?: number | null }
type Around = { readonly boss: PgBoss; readonly database: Database; readonly log: Log }

/**
 * Sweeps once at the start and then every `every` ms, in one process at a time: whoever moves the database's mark
 * forward orders the sweep. What is too old to matter is deleted before it.
 */
export async function openSweeper(
  around: Around,
  { every, sweep }: { readonly every: number; readonly sweep: Work['sweep'] },
): Promise<Lane> {
  const { boss, database, log } = around
  const order = () => boss.insert('sweep', [{ singletonKey: 'sweep', data: { installation: null } }])
  await moveMark(database.kysely, 'swept', 0)
  await order()
  const run = async ({ installation = null }: Order) => {
    if (installation === null) await forget(database)
    await sweep(installation)
  }
  const perGroup = () => together
  const lane = openLane<Order>(around, { name: 'sweep', concurrency: together, perGroup, pause: () => 0, run })
  const ticking = setInterval(
    () => {
      const tick = async () => {
        if (!(await moveMark(database.kysely, 'swept', every))) return
        await order()
        lane.wake()
      }
      tick().catch((error: unknown) => log.error({ cause: String(error) }, 'a sweep could not be ordered'))
    },
    Math.max(200, every / 20),
  )
  return {
    wake: lane.wake,
    stop: async (within) => {
      clearInterval(ticking)
      await lane.stop(within)
    },
  }
}

/**
 * Deliveries and passes of more than a week ago, and commits not seen for 90 days: GitHub redelivers for three days,
 * and every open subject is looked at again after two hours at most.
 */
async function forget({ kysely }: Database): Promise<void> {
  await sql`delete from deliveries where received_at < now() - interval '7 days'`.execute(kysely)
  await sql`delete from meta where name like 'swept:%' and at < now() - interval '7 days'`.execute(kysely)
  await sql`delete from redeliveries where at < now() - interval '7 days'`.execute(kysely)
  await sql`delete from passes where begun_at < now() - interval '7 days'`.execute(kysely)
  await sql`delete from heads where seen_at < now() - interval '90 days'`.execute(kysely)
}
