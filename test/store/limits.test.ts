import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { usualPace } from '../../src/github/pace.ts'
import { createStanding } from '../../src/github/standing.ts'
import { Failed } from '../../src/model/failure.ts'
import { openBoss } from '../../src/store/boss.ts'
import type { Database } from '../../src/store/database.ts'
import { createLimits } from '../../src/store/limits.ts'
import { queueDefaults } from '../../src/store/queue-options.ts'
import { takeOver } from '../../src/store/take-over.ts'
import { onBothDatabases, quiet } from './databases.ts'

/** GitHub not answering, as Octokit says it. */
const outage = Object.assign(new Error('fetch failed'), { status: 500 })
const busy = (check: Promise<void>) => check.then(() => null).catch((error: unknown) => error)

onBothDatabases(({ shared }) => {
  /** Two processes that share a database, with clocks of their own. */
  function replicas(database: Database) {
    const clock = { ahead: 0 }
    const process = (skew: number) =>
      createStanding({
        now: () => Date.now() + clock.ahead + skew,
        log: quiet,
        pace: { ...usualPace, outages: [30_000] },
        limits: createLimits(database),
      })
    /** Time passes, for the processes and for the database (s). */
    const later = async (seconds: number) => {
      clock.ahead += seconds * 1000
      await sql`update limits set until = until - ${seconds} * interval '1 second'`.execute(database.kysely)
    }
    return { later, one: process(0), two: process(300_000) }
  }

  test('a limit told to one process holds all of them, whatever their clocks say (F80)', async () => {
    const { one, two } = replicas(shared())
    const ends = Date.now() + 60_000
    await one.limited('81', ends, 'GitHub asked to be called less')
    const error = await busy(two.check('81'))
    expect(error).toBeInstanceOf(Failed)
    expect(error).toMatchObject({ failure: { kind: 'busy', cause: 'GitHub asked to be called less' } })
    if (!(error instanceof Failed) || error.failure.kind !== 'busy') throw new Error('not busy')
    // By the other's clock, and later at most by what it took to write it down.
    const late = error.failure.until - (ends + 300_000)
    expect(late).toBeGreaterThan(-100)
    expect(late).toBeLessThan(Date.now() + 60_000 - ends + 100)
    expect(await busy(two.check('82'))).toBeNull()
  })

  test('F34: while GitHub is down one call in all processes tries, and an answer lets all go on', async () => {
    const { later, one, two } = replicas(shared())
    await one.failed('91', outage)
    expect(await busy(two.check('91'))).toBeInstanceOf(Failed)
    await later(31)
    const tries = await Promise.all(Array.from({ length: 20 }, (_, at) => busy((at % 2 === 0 ? one : two).check('91'))))
    expect(tries.filter((error) => error === null)).toHaveLength(1)
    const through = tries.indexOf(null) % 2 === 0 ? one : two
    await through.succeeded('91')
    expect(await busy(through.check('91'))).toBeNull()
    await later(3)
    for (const process of [one, two]) {
      expect(await busy(process.check('91'))).toBeNull()
      await process.succeeded('91')
    }
  })

  test('F34: who comes while one call tries is not put off for the time after a failure, and goes on once it succeeded', async () => {
    const { later, one, two } = replicas(shared())
    await one.failed('92', outage)
    await later(31)
    expect(await busy(one.check('92'))).toBeNull()
    const asked = Date.now() + 300_000 + 31_000
    const error = await busy(two.check('92'))
    if (!(error instanceof Failed) || error.failure.kind !== 'busy') throw new Error('not busy')
    expect(error.failure.until - asked).toBeLessThan(20_000)
    await one.succeeded('92')
    await later(3)
    expect(await busy(two.check('92'))).toBeNull()
    expect(await busy(two.check('92'))).toBeNull()
  })

  test('F34: a try that GitHub refuses for a reason of its own says that it is back', async () => {
    const { later, one } = replicas(shared())
    await one.failed('93', outage)
    await later(31)
    expect(await busy(one.check('93'))).toBeNull()
    expect(await one.failed('93', Object.assign(new Error('no'), { status: 404, response: {} }))).toBeNull()
    expect(await busy(one.check('93'))).toBeNull()
  })

  test('F34: what a process tried that is gone holds nobody up', async () => {
    const database = shared()
    const { later, one } = replicas(database)
    await one.failed('94', outage)
    await later(31)
    expect(await busy(one.check('94'))).toBeNull()
    await sql`update limits set probe_by = 2147483648`.execute(database.kysely)
    const boss = await openBoss(database, queueDefaults, quiet)
    const end = await takeOver({ boss, database, log: quiet }, () => {})
    await vi.waitFor(async () => expect(await createLimits(database).read(Date.now())).toEqual([]), { timeout: 30_000 })
    await end()
    await boss.stop({ graceful: false })
  })
})
