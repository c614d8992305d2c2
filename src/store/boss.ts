import { PgBoss } from 'pg-boss'
import type { Log } from '../reconcile/world/log.ts'
import type { Database } from './database.ts'
import { queueNames } from './queue-names.ts'

/** How long a job may go on (s), however alive its process is. */
const longest = { pass: 600, outbox: 600, sweep: 1800 }

/**
 * pg-boss on our own connections: it never sees a transaction of ours. Workers that die are noticed by `take-over`, so it
 * supervises seldom. Jobs that fail for good go to `parked`; nothing else is kept.
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
    superviseIntervalSeconds: 30,
    monitorIntervalSeconds: 30,
    maintenanceIntervalSeconds: 300,
    monitorVacuum: false,
    ...(embedded && { reindex: false }),
    openTelemetry: { enabled: false },
  })
  boss.on('error', (error) => log.error({ cause: error.message }, 'the queue had an error'))
  // Replicas that start at once may meet while the queue's tables are made: then it is tried again.
  await boss.start({ attempts: 5 })
  await boss.createQueue('parked', { policy: 'standard', retentionSeconds: 14 * 24 * 3600 })
  for (const name of queueNames) {
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
