import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { startSandbox } from '../sandbox/start-sandbox.ts'
import { startWaybill, type Waybill } from '../sandbox/start-waybill.ts'
import { startPostgres } from '../test/postgres.ts'
import { ride } from './ride.ts'
import { atMost, type Measured } from './row.ts'

/** Starts on one database, the first of which makes its tables and may compile everything. */
const starts = 6

/** Resident memory of the Waybill process after the demo's change, and time to `GET /readyz`, on both databases. */
export async function benchMemory(): Promise<Measured> {
  const postgres = await startPostgres()
  const database = async () => ({ DATABASE_URL: await postgres.createDatabase(randomUUID()) })
  try {
    const outside = await ride(await database(), residentOf)
    const embedded = await ride({}, residentOf)
    const [first, later] = await startsOn(await database())
    const [firstEmbedded, laterEmbedded] = await startsOn({})
    return [
      atMost('resident memory after one change with Jira, PostgreSQL', Number(outside.seen), {
        goal: 160,
        unit: ' MiB',
      }),
      atMost('resident memory after one change with Jira, embedded', Number(embedded.seen), {
        goal: 600,
        unit: ' MiB',
      }),
      atMost('first start to ready, PostgreSQL', first, { goal: 1500, unit: ' ms' }),
      atMost(`middle of ${starts - 1} later starts to ready, PostgreSQL`, later, { goal: 1500, unit: ' ms' }),
      atMost('first start to ready, embedded', firstEmbedded, { goal: 2000, unit: ' ms' }),
      atMost(`middle of ${starts - 1} later starts to ready, embedded`, laterEmbedded, { goal: 2000, unit: ' ms' }),
    ]
  } finally {
    await postgres.stop()
  }
}

/** ms for the first start, and for the middle one of those that follow. */
async function startsOn(environment: Readonly<Record<string, string>>): Promise<readonly [number, number]> {
  const sandbox = await startSandbox({})
  try {
    const times: number[] = []
    for (let at = 0; at < starts; at++) {
      const begun = performance.now()
      const waybill = await startWaybill(sandbox, environment)
      times.push(performance.now() - begun)
      await waybill.close()
    }
    const [first = 0, ...later] = times
    return [first, later.toSorted((a, b) => a - b)[Math.floor(later.length / 2)] ?? 0]
  } finally {
    await sandbox.close()
  }
}

/** MiB. */
async function residentOf({ pid }: Waybill): Promise<string> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return String(Math.round(Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) / 1024))
}
