import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { type TestContext, test, vi } from 'vitest'
import { freePort } from '../../sandbox/free-port.ts'
import { type Ref, refKey } from '../../src/model/ref.ts'
import type { Pass } from '../../src/reconcile/world/writes.ts'
import { openBoss } from '../../src/store/boss.ts'
import { type Database, type DatabasePlace, openDatabase } from '../../src/store/database.ts'
import { createInbox } from '../../src/store/inbox.ts'
import { createMemory } from '../../src/store/memory.ts'
import { openQueue } from '../../src/store/queue.ts'
import { queueDefaults } from '../../src/store/queue-options.ts'
import { takeOver } from '../../src/store/take-over.ts'
import { startPostgres } from '../postgres.ts'
import { sharedPostgres } from '../shared-postgres.ts'
import { openWire } from '../wire.ts'
import { embeddedPlace, postgresPlace, quiet } from './databases.ts'

/** Called when the test is over, the last first. Tests run side by side here, so each ends only what it began. */
type AtEnd = TestContext['onTestFinished']

/** Another process on the same place; answers its first line. */
async function startHolder(place: DatabasePlace, atEnd: AtEnd, subjects = 1) {
  const script = fileURLToPath(new URL('./hold-a-job.ts', import.meta.url))
  const child = spawn(process.execPath, [script, JSON.stringify(place), String(subjects)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  atEnd(() => void child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout })
  const [line] = await Promise.race([once(lines, 'line'), once(child, 'exit')])
  return { line: String(line), child, next: async () => String((await once(lines, 'line'))[0]) }
}

/** On the tests' server, without tables. */
async function emptyDatabase(): Promise<string> {
  return (await sharedPostgres()).createDatabase(randomUUID())
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

async function work(place: DatabasePlace, seen: string[], atEnd: AtEnd) {
  const database = await openDatabase(place, quiet)
  const queue = await openQueue(database, {}, quiet)
  atEnd(async () => {
    await queue.stop()
    await database.close()
  })
  const pass = async (ref: Ref) => void seen.push(refKey(ref))
  await queue.start({ pass, outbox: async () => {}, sweep: async () => {} })
  return { database, queue }
}

const soon = { timeout: 30_000, interval: 20 }

/** Lets the seconds pass after which a job without a sign of life is anybody's. Answers how many. */
async function letHeartbeatsEnd({ run }: Database): Promise<readonly unknown[]> {
  const { rows } = await run(
    `update pgboss.job set heartbeat_on = heartbeat_on - heartbeat_seconds * interval '1 second'
      where name = 'pass' and state = 'active' returning heartbeat_seconds`,
    [],
  )
  return rows.map((row) => row['heartbeat_seconds'])
}

/** Whether it is refused before two seconds are over, by this process's own timers: however late they are, they come in their order. */
function isRefusedInTime(act: () => Promise<unknown>): Promise<boolean> {
  const late = pause(2000, false)
  const refused = act().then(
    () => false,
    () => true,
  )
  return Promise.race([refused, late])
}

/** The same where an answer is as good: a connection that is opened anew is whole. */
function isAnsweredInTime(act: () => Promise<unknown>): Promise<boolean> {
  const late = pause(2000, false)
  return Promise.race([
    late,
    act().then(
      () => true,
      () => true,
    ),
  ])
}

test.concurrent('F6: 50 jobs of a killed process, begun and waiting, are taken over by another replica', async ({
  expect,
  onTestFinished,
}) => {
  const place = await postgresPlace()
  const { line, child } = await startHolder(place, onTestFinished, 50)
  expect(line).toBe('held')
  const seen: string[] = []
  const { database } = await work(place, seen, onTestFinished)
  const queued = "select count(*)::int as n from pgboss.job where name = 'pass'"
  await vi.waitFor(async () => expect((await database.run(queued, [])).rows).toEqual([{ n: 50 }]), soon)
  await kill(child)
  await vi.waitFor(() => expect(new Set(seen).size).toBe(50), soon)
  expect(seen).toHaveLength(50)
})

test.concurrent('F6: a process that was killed is known to be dead by its presence, before its heartbeat is late', async ({
  expect,
  onTestFinished,
}) => {
  const place = await postgresPlace()
  const { line, child } = await startHolder(place, onTestFinished)
  expect(line).toBe('held')
  const seen: string[] = []
  const { database } = await work(place, seen, onTestFinished)
  const signed = "select 1 from pgboss.job where state = 'active' and output->>'by' is not null"
  await vi.waitFor(async () => expect((await database.run(signed, [])).rows).toHaveLength(1), soon)
  await kill(child)
  // As if it had just beaten, for an hour on.
  await database.run("update pgboss.job set heartbeat_on = now() + interval '1 hour' where state = 'active'", [])
  await vi.waitFor(() => expect(seen).toEqual(['pull:1:1']), soon)
})

test.concurrent('F6: a job whose process died again and again is done at once, until it may be what they died of', async ({
  expect,
  onTestFinished,
}) => {
  const place = await embeddedPlace()
  const database = await openDatabase(place, quiet)
  const boss = await openBoss(database, queueDefaults, quiet)
  onTestFinished(async () => {
    await boss.stop({ graceful: false })
    await database.close()
    rmSync(place.directory, { recursive: true, force: true })
  })
  await boss.insert('pass', [{ singletonKey: 'pull:1:1', data: {} }])
  const waits: number[] = []
  for (const deaths of [0, 4, 5]) {
    await database.run(`update pgboss.job set state = 'active', started_on = now(), retry_count = ${deaths}`, [])
    await takeOver({ boss, database, log: quiet }, () => {})
    const wait = "select extract(epoch from start_after - now())::float8 as n from pgboss.job where state = 'retry'"
    waits.push(...(await database.run(wait, [])).rows.map((row) => Number(row['n'])))
  }
  expect(waits.map((wait) => wait > 0)).toEqual([false, false, true])
})

test.concurrent('F27: a process that is stopped, followed by another and continued may write nothing more', async ({
  expect,
  onTestFinished,
}) => {
  const place = await postgresPlace()
  const { line, child, next } = await startHolder(place, onTestFinished)
  expect(line).toBe('held')
  child.kill('SIGSTOP')
  const database = await openDatabase(place, quiet)
  const queue = await openQueue(database, {}, quiet)
  onTestFinished(async () => {
    await queue.stop()
    await database.close()
  })
  const memory = createMemory(database)
  const passes: Pass[] = []
  const pass = async (ref: Ref) => void passes.push(await memory.beginPass(ref))
  await queue.start({ pass, outbox: async () => {}, sweep: async () => {} })
  expect(await letHeartbeatsEnd(database)).toEqual([10])
  await vi.waitFor(() => expect(passes).toHaveLength(1), soon)
  const lost = next()
  child.kill('SIGCONT')
  expect(await lost).toBe('lost')
  const [later] = passes
  expect(later !== undefined && (await memory.holds(later))).toBe(true)
})

test.concurrent('F4, F10: a directory has one process; killed, it is followed by its restart', async ({
  expect,
  onTestFinished,
}) => {
  const place = await embeddedPlace()
  onTestFinished(() => rmSync(place.directory, { recursive: true, force: true }))
  const { line, child } = await startHolder(place, onTestFinished)
  expect(line).toBe('held')
  // It does not wait for the other to end.
  const waits = pause(3000, 'waits')
  const opened = openDatabase(place, quiet).then(() => 'opened', String)
  expect(await Promise.race([opened, waits])).toContain(`is in use by process ${child.pid}, started 2`)
  expect((await startHolder(place, onTestFinished)).line).toContain(`is in use by process ${child.pid}, started 2`)
  await kill(child)
  const seen: string[] = []
  await work(place, seen, onTestFinished)
  await vi.waitFor(() => expect(seen).toEqual(['pull:1:1']), soon)
})

test.concurrent('F16: replicas that start at once migrate once', async ({ expect, onTestFinished }) => {
  const place = { url: await emptyDatabase() }
  const seen: string[] = []
  const all = await Promise.all(Array.from({ length: 4 }, () => work(place, seen, onTestFinished)))
  const born = await all[0]?.database.run("select count(*)::int as n from meta where name = 'born'", [])
  expect(born?.rows).toEqual([{ n: 1 }])
})

test.concurrent('F16: killed in the middle of a migration, the next start makes it whole', async ({
  expect,
  onTestFinished,
}) => {
  const url = await emptyDatabase()
  const other = new pg.Client({ connectionString: url })
  other.on('error', () => {})
  await other.connect()
  onTestFinished(() => other.end())
  // A migration in the middle has to wait for this one, and is killed there.
  await other.query('begin; create table limits (here integer)')
  const script = fileURLToPath(new URL('./hold-a-job.ts', import.meta.url))
  const child = spawn(process.execPath, [script, JSON.stringify({ url })], { stdio: 'ignore' })
  const waits = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
  await vi.waitFor(async () => {
    // Within a transaction this view stands still otherwise.
    await other.query('select pg_stat_clear_snapshot()')
    expect((await other.query(waits)).rowCount).toBe(1)
  }, soon)
  await kill(child)
  await other.query('rollback')
  const seen: string[] = []
  const { database, queue } = await work({ url }, seen, onTestFinished)
  const repository = { installationId: 1, id: 6, owner: 'acme', name: 'shop' }
  await queue.hint({ kind: 'pull', repository, number: 1 })
  await vi.waitFor(() => expect(seen).toEqual(['pull:6:1']), soon)
  const { rows } = await database.run(
    'select count(*)::int as n, count(distinct name)::int as names from migrations',
    [],
  )
  expect(rows[0]?.['n']).toBe(rows[0]?.['names'])
})

test.concurrent('a new directory is made, and opened again after it was closed', async ({ expect, onTestFinished }) => {
  const parent = mkdtempSync(join(tmpdir(), 'waybill-new-'))
  onTestFinished(() => rmSync(parent, { recursive: true }))
  const directory = join(parent, 'data')
  const first = await openDatabase({ directory }, quiet)
  await expect(openDatabase({ directory }, quiet)).rejects.toThrow('is in use by process')
  for (const place of [directory, join(directory, 'postgres')]) expect(statSync(place).mode & 0o777).toBe(0o700)
  await first.ping()
  await first.close()
  const again = await openDatabase({ directory }, quiet)
  await again.close()
})

test.concurrent('F3, F13: PostgreSQL down: a delivery is refused within 2 s; back: everything goes on', async ({
  expect,
  onTestFinished,
}) => {
  const own = await startPostgres()
  onTestFinished(() => own.stop())
  const seen: string[] = []
  const { database, queue } = await work({ url: own.url }, seen, onTestFinished)
  const inbox = createInbox(database, queue)
  const repository = { installationId: 1, id: 5, owner: 'acme', name: 'shop' }
  const accept = (number: number) => {
    const hints = [{ ref: { kind: 'pull', repository, number }, when: 'now' }] as const
    return inbox.accept({ id: `d${number}`, hints, wish: null, pull: null })
  }
  await vi.waitFor(() => accept(1), soon)
  await vi.waitFor(() => expect(seen).toContain('pull:5:1'), soon)
  await own.crash()
  expect(await isRefusedInTime(() => accept(2))).toBe(true)
  expect(await queue.ready()).toBe(false)
  await own.start()
  await vi.waitFor(async () => expect(await accept(2)).toMatch(/stored|known/), soon)
  await vi.waitFor(() => expect(seen).toContain('pull:5:2'), soon)
})

test.concurrent('a database that can not be used is named with its cause in one line, without its password', async ({
  expect,
}) => {
  const url = new URL((await postgresPlace()).url)
  const refused = async (change: { readonly [part in 'host' | 'pathname' | 'username']?: string }) => {
    const other = Object.assign(new URL(url), { password: 'nobody-may-read-this', ...change })
    return openDatabase({ url: other.href }, quiet).then(() => 'opened', String)
  }
  expect(await refused({ host: `127.0.0.1:${await freePort()}` })).toMatch(
    /^Error: The database 127\.0\.0\.1:\d+\/\S+ can't be used: connect ECONNREFUSED 127\.0\.0\.1:\d+\. Check DATABASE_URL/,
  )
  expect(await refused({ pathname: '/nowhere' })).toContain('can\'t be used: database "nowhere" does not exist')
  expect(await refused({ username: 'stranger' })).toContain('can\'t be used: role "stranger" does not exist')
})

test.concurrent('F13: a connection that is dead and does not say so costs a delivery 2 s at most, and nothing is lost', async ({
  expect,
  onTestFinished,
}) => {
  const url = new URL((await postgresPlace()).url)
  const wire = await openWire(Number(url.port))
  onTestFinished(wire.close)
  url.port = String(wire.port)
  // As usual, but for the half minute that a statement may take.
  url.searchParams.set('query_timeout', '1500')
  const seen: string[] = []
  const { database, queue } = await work({ url: url.href }, seen, onTestFinished)
  const inbox = createInbox(database, queue)
  const repository = { installationId: 1, id: 7, owner: 'acme', name: 'shop' }
  const accept = (number: number) => {
    const hints = [{ ref: { kind: 'pull', repository, number }, when: 'now' }] as const
    return inbox.accept({ id: `half-${number}`, hints, wish: null, pull: null })
  }
  await vi.waitFor(() => accept(1), soon)
  await vi.waitFor(() => expect(seen).toContain('pull:7:1'), soon)
  wire.cut()
  expect(await isAnsweredInTime(() => accept(2))).toBe(true)
  await vi.waitFor(async () => expect(await accept(2)).toMatch(/stored|known/), soon)
  await vi.waitFor(() => expect(seen).toContain('pull:7:2'), soon)
})

test.concurrent('F3: a database that takes no more writes in the middle: refused each time, and nothing is lost', async ({
  expect,
  onTestFinished,
}) => {
  const { url } = await postgresPlace()
  const name = new URL(url).pathname.slice(1)
  const seen: string[] = []
  const { database, queue } = await work({ url }, seen, onTestFinished)
  const inbox = createInbox(database, queue)
  const repository = { installationId: 1, id: 8, owner: 'acme', name: 'shop' }
  const accept = (number: number) => {
    const hints = [{ ref: { kind: 'pull', repository, number }, when: 'now' }] as const
    return inbox.accept({ id: `full-${number}`, hints, wish: null, pull: null })
  }
  const readOnly = async (on: boolean) => {
    const admin = new pg.Client({ connectionString: Object.assign(new URL(url), { pathname: '/postgres' }).href })
    await admin.connect()
    await admin.query(`alter database "${name}" set default_transaction_read_only = ${on}`)
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
    await admin.end()
  }
  await vi.waitFor(() => accept(1), soon)
  await vi.waitFor(() => expect(seen).toContain('pull:8:1'), soon)
  await readOnly(true)
  await expect(accept(2)).rejects.toThrow()
  await vi.waitFor(() => expect(accept(2)).rejects.toThrow(/read-only/), soon)
  expect(await queue.ready()).toBe(false)
  await expect(openDatabase({ url }, quiet)).rejects.toThrow(/can't be used: it takes no writes/)
  await readOnly(false)
  await vi.waitFor(async () => expect(await accept(2)).toMatch(/stored|known/), soon)
  await vi.waitFor(() => expect(seen).toContain('pull:8:2'), soon)
})
