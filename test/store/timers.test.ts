import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { LineRef } from '../../src/model/ref.ts'
import { atOnce } from '../../src/store/at-once.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { createMemory } from '../../src/store/memory.ts'
import { openTimerClock } from '../../src/store/timer-clock.ts'
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
    await atOnce(tx, (ask) => setTimers(ask, [{ ref: line, after: 0 }], 0))
  })
  expect(await due()).toEqual([line])
})

test('a pass that begins after it was stored does', async () => {
  await database.transaction((tx) => atOnce(tx, (ask) => setTimers(ask, [{ ref: line, after: 0 }], 0)))
  await createMemory(database).beginPass(line)
  expect(await due()).toEqual([])
})

test('the clock looks when a timer of which it is told is due, not before, and again where that was told while it looked', async () => {
  let looks = 0
  let looking = 0
  const counted: Database = {
    ...database,
    transaction: (run) => {
      looks += 1
      looking += 1
      return database.transaction(run).finally(() => {
        looking -= 1
      })
    },
  }
  const clock = openTimerClock({ database: counted, log: quiet, fire: async () => {} })
  try {
    clock.wake(0)
    await vi.waitFor(() => expect(looks).toBeGreaterThan(1), { interval: 10, timeout: 900 })
    await vi.waitFor(() => expect(looking).toBe(0), { interval: 10 })
    const before = looks
    for (let at = 0; at < 100; at++) clock.wake(900)
    expect(looks).toBe(before)
    clock.wake(0)
    await vi.waitFor(() => expect(looks).toBeGreaterThan(before), { interval: 10, timeout: 900 })
  } finally {
    await clock.stop()
  }
})
