import { readFile } from 'node:fs/promises'
import type { Waybill } from '../sandbox/start-waybill.ts'
import { startPostgres } from '../test/postgres.ts'
import { ride } from './ride.ts'

/** Resident memory of the Waybill process after the demo's change, on the embedded database and on PostgreSQL. */
export async function benchMemory(): Promise<readonly string[]> {
  const embedded = await ride({}, residentOf)
  const postgres = await startPostgres()
  try {
    const outside = await ride({ DATABASE_URL: postgres.url }, residentOf)
    return [`${embedded.seen} on the embedded database`, `${outside.seen} on PostgreSQL`]
  } finally {
    await postgres.stop()
  }
}

async function residentOf({ pid }: Waybill): Promise<string> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const kilobytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN)
  return `${Math.round(kilobytes / 1024)} MiB`
}
