import { createHash, randomUUID } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe } from 'vitest'
import { type Database, type DatabasePlace, openDatabase } from '../../src/store/database.ts'
import { openQueue } from '../../src/store/queue.ts'
import { quiet } from '../quiet.ts'
import { sharedPostgres } from '../shared-postgres.ts'

export { quiet }

export type Databases = {
  /** One open database for all of these tests. */
  shared(): Database
}

/**
 * The same tests on PGlite and on a real PostgreSQL, with a database open for all of them. The two databases are tested
 * side by side, since most of the time is spent waiting; the tests of one run one after the other.
 */
export function onBothDatabases(tests: (databases: Databases) => void): void {
  describe.concurrent('PGlite', () => {
    let place: { readonly directory: string }
    beforeAll(async () => {
      place = await embeddedPlace()
    })
    afterAll(() => rmSync(place.directory, { recursive: true, force: true }))
    withShared(tests, async () => place)
  })
  describe.concurrent('PostgreSQL', () => {
    withShared(tests, postgresPlace)
  })
}

function withShared(tests: (databases: Databases) => void, place: () => Promise<DatabasePlace>): void {
  let database: Database | null = null
  beforeAll(async () => {
    database = await openDatabase(await place(), quiet)
  })
  afterAll(() => database?.close())
  describe('alike', { concurrent: false }, () => {
    tests({
      shared: () => {
        if (database === null) throw new Error('only inside a test')
        return database
      },
    })
  })
}

/** A copy of one prepared directory, the caller's to delete: making a new one takes PGlite seconds, copying it a fraction of one. */
export async function embeddedPlace(): Promise<{ readonly directory: string }> {
  directory ??= prepareDirectory()
  const copy = mkdtempSync(join(tmpdir(), 'waybill-embedded-'))
  cpSync(await directory, copy, { recursive: true })
  return { directory: copy }
}

/** A database of its own on the tests' server, made from a prepared one. */
export async function postgresPlace(): Promise<{ readonly url: string }> {
  const server = await sharedPostgres()
  template ??= server.prepareDatabase('prepared', (url) => prepare({ url }))
  await template
  return { url: await server.createDatabase(randomUUID(), 'prepared') }
}

let template: Promise<void> | null = null
let directory: Promise<string> | null = null

/** Made once for these migrations and these versions. */
async function prepareDirectory(): Promise<string> {
  const prepared = join(process.env['WAYBILL_TEST_KEPT'] ?? tmpdir(), `waybill-prepared-${fingerprintOfTables()}`)
  if (existsSync(prepared)) return prepared
  // Whoever has the lock makes it, which takes seconds of both cores; other processes stand still until it is there, or its maker dead.
  const lock = new DatabaseSync(`${prepared}.lock`, { timeout: 60_000 })
  lock.exec('begin exclusive')
  try {
    if (existsSync(prepared)) return prepared
    const making = mkdtempSync(`${prepared}-`)
    await prepare({ directory: making })
    renameSync(making, prepared)
    return prepared
  } finally {
    lock.close()
  }
}

async function prepare(place: DatabasePlace): Promise<void> {
  const database = await openDatabase(place, quiet)
  const queue = await openQueue(database, {}, quiet)
  await queue.stop()
  await database.close()
}

function fingerprintOfTables(): string {
  const root = new URL('../../', import.meta.url)
  const migrations = new URL('src/store/migrations/', root)
  const hash = createHash('sha256').update(readFileSync(new URL('package.json', root)))
  for (const file of readdirSync(migrations).toSorted()) hash.update(readFileSync(new URL(file, migrations)))
  return hash.digest('hex').slice(0, 16)
}
