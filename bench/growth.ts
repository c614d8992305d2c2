import { randomUUID } from 'node:crypto'
import type { PullRef } from '../src/model/ref.ts'
import { type Database, openDatabase } from '../src/store/database.ts'
import { createInbox } from '../src/store/inbox.ts'
import { createMemory } from '../src/store/memory.ts'
import { openQueue } from '../src/store/queue.ts'
import { startPostgres } from '../test/postgres.ts'
import { percentile } from './percentiles.ts'
import { atMost, type Measured } from './row.ts'

const quiet = { info: () => {}, warn: () => {}, error: () => {} }
const turns = 40
const eventsInTurn = 50
const pullsInRepository = 5

const stops: (() => Promise<void>)[] = []

/** What one turn of events cost. */
type Turn = { readonly times: readonly number[]; readonly cpu: number }
type Take = () => Promise<Turn>

/** What an event costs the database with few and many repositories, and with little and much history. */
export async function benchGrowth(): Promise<Measured> {
  // Without waiting for the disk, which costs the same however much is stored.
  const postgres = await startPostgres(['fsync=off'])
  const open = async () => openDatabase({ url: await postgres.createDatabase(randomUUID()) }, quiet)
  const [young, wide, old] = [await open(), await open(), await open()]
  try {
    await addHistory(young, 1000)
    await addHistory(wide, 1000)
    await addHistory(old, 100_000)
    const few = await eventsOn(young, 10)
    const repositories = await compare(few, await eventsOn(wide, 5000))
    const history = await compare(few, await eventsOn(old, 10))
    const goal = { goal: 1.2, digits: 2 }
    return [
      `with 5,000 repositories ${spread(repositories)}`,
      `with 100,000 rows of history ${spread(history)}`,
      atMost('cost of an event with 5,000 repositories / with 10', percentile(repositories.wall, 0.5), goal),
      atMost('cost of an event with 100,000 rows of history / with 1,000', percentile(history.wall, 0.5), goal),
    ]
  } finally {
    for (const stop of stops) await stop()
    for (const database of [young, wide, old]) await database.close()
    await postgres.stop()
  }
}

/** Of each turn, large / small. */
type Compared = { readonly wall: readonly number[]; readonly cpu: readonly number[] }

/**
 * In turns, now this one first and now the other, so that the rest of the machine disturbs both alike; of each turn
 * the lower quartile, which it disturbs least.
 */
async function compare(small: Take, large: Take): Promise<Compared> {
  await small()
  await large()
  const ratios: { readonly wall: number; readonly cpu: number }[] = []
  for (let at = 0; at < turns; at++) {
    const first = await (at % 2 === 0 ? small : large)()
    const second = await (at % 2 === 0 ? large : small)()
    const [one, other] = at % 2 === 0 ? [first, second] : [second, first]
    ratios.push({
      wall: percentile(other.times, 0.25) / percentile(one.times, 0.25),
      cpu: other.cpu / one.cpu,
    })
  }
  return { wall: ratios.map(({ wall }) => wall), cpu: ratios.map(({ cpu }) => cpu) }
}

function spread({ wall, cpu }: Compared): string {
  const of = (ratios: readonly number[]) =>
    [0.25, 0.5, 0.75].map((share) => percentile(ratios, share).toFixed(2)).join(', ')
  return `(25th, 50th, 75th of ${turns} turns): ${of(wall)} in time, ${of(cpu)} in CPU time of Waybill's process`
}

/** Events that are taken in, each on a subject that was long left alone, and what a pass over it asks the memory. */
async function eventsOn(database: Database, repositories: number): Promise<Take> {
  const queue = await openQueue(database, {}, quiet)
  stops.push(() => queue.stop())
  await addSubjects(database, repositories)
  const inbox = createInbox(database, queue)
  const memory = createMemory(database)
  let at = 0
  const event = async (): Promise<number> => {
    at += 1
    const subject = (at * 7919) % (repositories * pullsInRepository)
    const id = 1 + Math.floor(subject / pullsInRepository)
    const repository = { installationId: 1, id, owner: 'acme', name: `r${id}` }
    const ref: PullRef = { kind: 'pull', repository, number: 1 + (subject % pullsInRepository) }
    const begun = performance.now()
    await inbox.pullOf(id, `SHOP-${subject}`)
    await memory.refsAt(repository, 'a'.repeat(40))
    await inbox.accept({ id: randomUUID(), hints: [{ ref, when: 'now' }], wish: null, pull: null })
    const pass = await memory.beginPass(ref)
    await memory.headSeen(ref, 'a'.repeat(40))
    await memory.claim(ref.repository, `check:${at}`, 'f')
    await memory.holds(pass)
    await memory.saveSnapshot(ref, `{"at":${at}}`)
    return performance.now() - begun
  }
  return async () => {
    await leaveAlone(database)
    const used = process.cpuUsage()
    const times: number[] = []
    for (let nth = 0; nth < eventsInTurn; nth++) times.push(await event())
    const { user, system } = process.cpuUsage(used)
    return { times, cpu: user + system }
  }
}

/** Nobody works here: what the last turn left to do is done, and its passes were long ago. */
async function leaveAlone(database: Database): Promise<void> {
  await database.run(`delete from pgboss.job where name = 'pass'`, [])
  await database.run(`delete from timers`, [])
  await database.run(
    `update passes set begun_at = now() - interval '1 hour', close_passes = 0 where begun_at > now() - interval '1 hour'`,
    [],
  )
}

/** Every pull request of every repository was looked at before. */
async function addSubjects(database: Database, repositories: number): Promise<void> {
  const subjects = `generate_series(1, ${repositories}) r, generate_series(1, ${pullsInRepository}) n`
  await database.run(
    `insert into passes (ref_key, token, begun_at) select 'pull:' || r || ':' || n, 't', now() - interval '1 hour' from ${subjects};
     insert into heads (repository_id, sha, ref_key, ref) select r, repeat('a', 40), 'pull:' || r || ':' || n, '{}' from ${subjects};
     insert into branch_pulls (repository_id, number, branch) select r, n, 'SHOP-' || (r - 1) * ${pullsInRepository} + n - 1 from ${subjects};
     insert into snapshots (ref_key, repository_id, ref, text) select 'pull:' || r || ':' || n, r, '{}', '{}' from ${subjects};
     insert into claims (repository_id, key, state, fingerprint, said) select r, 'check:-' || n, 'done', 'f', 'f' from ${subjects}`,
    [],
  )
  await database.run('vacuum analyze', [])
}

async function addHistory(database: Database, rows: number): Promise<void> {
  const tag = randomUUID()
  const series = `from generate_series(1, ${rows}) n`
  await database.run(
    `insert into deliveries (id) select '${tag}' || n ${series};
     insert into heads (repository_id, sha, ref_key, ref) select 1, md5('${tag}' || n), 'pull:1:' || n, '{}' ${series};
     insert into claims (repository_id, key, state, fingerprint, said) select 1, '${tag}' || n, 'done', 'f', 'f' ${series};
     insert into passes (ref_key, token, begun_at) select '${tag}' || n, 't', now() - interval '1 hour' ${series}`,
    [],
  )
}
