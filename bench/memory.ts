import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startSandbox } from '../sandbox/start-sandbox.ts'
import { startWaybill, type Waybill } from '../sandbox/start-waybill.ts'
import { startPostgres } from '../test/postgres.ts'
import { ride } from './ride.ts'
import { atMost, type Measured, without } from './row.ts'

const prepare = fileURLToPath(new URL('../src/prepare.js', import.meta.url))
/** Starts on one database, the first of which makes its tables. */
const starts = 6

/** Resident memory of the Waybill process after the demo's change, and time to `GET /readyz`, on both databases. */
export async function benchMemory(): Promise<Measured> {
  const postgres = await startPostgres()
  const made: string[] = []
  // What a start keeps for the next (what it compiled, an empty database) is kept in a new folder, in place of the installation's.
  const nothingKept = async () => {
    const place = await mkdtemp(join(tmpdir(), 'waybill-nothing-kept-'))
    made.push(place)
    return { NODE_COMPILE_CACHE: place }
  }
  const prepared = async () => {
    const place = await nothingKept()
    execFileSync(process.execPath, [prepare], { env: { ...process.env, ...place } })
    return place
  }
  const database = async () => ({ DATABASE_URL: await postgres.createDatabase(randomUUID()) })
  try {
    const outside = await ride(await database(), residentOf)
    const embedded = await ride({}, residentOf)
    const [veryFirst] = await startsOn({ ...(await database()), ...(await prepared()) }, 1)
    const [veryFirstEmbedded] = await startsOn(await prepared(), 1)
    const [unprepared] = await startsOn(await nothingKept(), 1)
    const [first, later] = await startsOn(await database(), starts)
    const [firstEmbedded, laterEmbedded] = await startsOn({}, starts)
    return [
      atMost('resident memory after one change with Jira, PostgreSQL', Number(outside.seen), {
        goal: 160,
        unit: ' MiB',
      }),
      atMost('resident memory after one change with Jira, embedded', Number(embedded.seen), {
        goal: 600,
        unit: ' MiB',
      }),
      atMost('very first start of an installation to ready, PostgreSQL', veryFirst, { goal: 1500, unit: ' ms' }),
      atMost('first start on a database to ready, PostgreSQL', first, { goal: 1500, unit: ' ms' }),
      atMost(`middle of ${starts - 1} later starts to ready, PostgreSQL`, later, { goal: 1500, unit: ' ms' }),
      atMost('very first start of an installation to ready, embedded', veryFirstEmbedded, { goal: 2000, unit: ' ms' }),
      without('the same where its installation prepared nothing', `${unprepared.toFixed(0)} ms`),
      atMost('first start on a database to ready, embedded', firstEmbedded, { goal: 2000, unit: ' ms' }),
      atMost(`middle of ${starts - 1} later starts to ready, embedded`, laterEmbedded, { goal: 2000, unit: ' ms' }),
    ]
  } finally {
    await postgres.stop()
    for (const place of made) await rm(place, { recursive: true, force: true })
  }
}

/** ms for the first start, and for the middle one of those that follow. */
async function startsOn(
  environment: Readonly<Record<string, string>>,
  count: number,
): Promise<readonly [number, number]> {
  const sandbox = await startSandbox({})
  try {
    const times: number[] = []
    for (let at = 0; at < count; at++) {
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
