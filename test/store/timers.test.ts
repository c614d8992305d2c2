import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LineRef } from '../../src/model/ref.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { createMemory } from '../../src/store/memory.ts'
import { setTimers, takeDueTimers } from '../../src/store/timers.ts'
import { postgresPlace, quiet } from './databases.ts'

/** The embedded database has one connection: there nothing begins while a transaction is open. */
let database: Database
beforeAll(async () => {
  database = await openDatabase(await postgresPlace(), quiet)
})
afterAll(() => database.close())

const repository = { installationId: 1, id: 71, owner: 'acme', name: 'shop' }
const line: LineRef = { kind: 'line', repository, branch: 'main' }
const due = () => database.transaction((tx) => takeDueTimers(tx, 0))

test('a pass that begins while a delivery is being stored does not answer the timer it leaves', async () => {
  const memory = createMemory(database)
  await database.transaction(async (tx) => {
    await sql`select now()`.execute(tx)
    // It sees nothing of what this transaction stores.
    await memory.beginPass(line)
    await setTimers(tx, [{ ref: line, after: 0 }], 0)
  })
  expect(await due()).toEqual([line])
})

test('a pass that begins after it was stored does', async () => {
  await database.transaction((tx) => setTimers(tx, [{ ref: line, after: 0 }], 0))
  await createMemory(database).beginPass(line)
  expect(await due()).toEqual([])
})
