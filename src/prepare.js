import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** PGlite takes two thirds of it while it makes a database (bytes). */
const room = 1024 ** 3

/**
 * What `npm ci` runs at its end, and the build of the container image: the empty embedded database, two seconds of CPU
 * time, is made here and not at the very first start. Where that can't be, the first start makes it; nothing fails.
 */
try {
  if (process.availableMemory() < room) throw new Error('there is less than 1 GiB of memory to spare')
  const { keepCompiled } = await import('./keep-compiled.js')
  const writeDown = keepCompiled()
  const { createLog } = await import('./log.ts')
  const { openDatabase } = await import('./store/database.ts')
  const directory = mkdtempSync(join(tmpdir(), 'waybill-'))
  try {
    const database = await openDatabase({ directory }, createLog({ level: 'fatal', secrets: [] }))
    await database.close()
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
  writeDown()
} catch (error) {
  process.stdout.write(
    `The first start will make its own database: ${error instanceof Error ? error.message : error}\n`,
  )
}
