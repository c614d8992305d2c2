import { sql } from 'kysely'
import { PgBoss } from 'pg-boss'
import type { Log } from '../reconcile/world/log.ts'
import type { Database } from './database.ts'

const queues = ['pass', 'outbox', 'sweep'] as const

/** How long a job may go on (s), however alive its process is. */
const longest = { pass: 600, outbox: 600, sweep: 1800 }

/**
 * pg-boss on our own connections: it never sees a transaction of ours. A worker that dies is noticed when its heartbeat
 * is 10 s old (its shortest), looked for every second; on an embedded database nobody else can have died. Jobs that fail for good go to `parked`; nothing else is kept.
 */
export async function openBoss(
  database: Database,
  { tries, longestPause }: { readonly tries: number; readonly longestPause: number },
  log: Log,
): Promise<PgBoss> {
  const embedded = database.kind === 'embedded'
  const boss = new PgBoss({
    db: {
      executeSql: async (text, values = []) => {
        const { rows } = await database.run(text, values)
        return { rows: [...rows] }
      },
    },
    backend: embedded ? 'pglite' : 'postgres',
    createSchema: false,
    schedule: false,
    registerInstance: false,
    superviseIntervalSeconds: embedded ? 30 : 1,
    monitorIntervalSeconds: embedded ? 30 : 1,
    maintenanceIntervalSeconds: 300,
    monitorVacuum: false,
    ...(embedded && { reindex: false }),
    openTelemetry: { enabled: false },
  })
  boss.on('error', (error) => log.error({ cause: error.message }, 'the queue had an error'))
  // Replicas that start at once may meet while the queue's tables are made: then it is tried again.
  await boss.start({ attempts: 5 })
  await boss.createQueue('parked', { policy: 'standard', retentionSeconds: 14 * 24 * 3600 })
  for (const name of queues) {
    const options = {
      retryLimit: tries - 1,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: Math.max(1, Math.round(longestPause / 1000)),
      heartbeatSeconds: 10,
      expireInSeconds: longest[name],
      deleteAfterSeconds: 60,
      deadLetter: 'parked',
    }
    await boss.createQueue(name, { ...options, policy: 'stately' })
    await boss.updateQueue(name, options)
  }
  return boss
}

/** Gives back every job that is active, to be done again. Only where no other process can be working. */
export async function releaseAll(boss: PgBoss, { kysely }: Database): Promise<void> {
  for (const name of queues) {
    const { rows } = await sql<{ readonly id: string }>`
      select id from pgboss.job where name = ${name} and state = 'active'`.execute(kysely)
    const ids = rows.map((row) => row.id)
    if (ids.length > 0) await boss.fail(name, ids, { message: 'the process ended' })
  }
}
