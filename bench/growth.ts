import { randomUUID } from 'node:crypto'
import type { PullRef } from '../src/model/ref.ts'
import { type Database, openDatabase } from '../src/store/database.ts'
import { createInbox } from '../src/store/inbox.ts'
import { createMemory } from '../src/store/memory.ts'
import { openQueue } from '../src/store/queue.ts'
import { startPostgres } from '../test/postgres.ts'
import { atMost, type Measured } from './row.ts'

const quiet = { info: () => {}, warn: () => {}, error: () => {} }
const rounds = 12
const eventsInRound = 50

const stops: (() => Promise<void>)[] = []

/** Answers ms for each of a round of events. */
type Round = () => Promise<readonly number[]>

/** What an event costs the database with few and many repositories, and with little and much history. */
export async function benchGrowth(): Promise<Measured> {
  const postgres = await startPostgres()
  const open = async () => openDatabase({ url: await postgres.createDatabase(randomUUID()) }, quiet)
  const [young, old] = [await open(), await open()]
  try {
    const few = await eventsOn(young, 10)
    const repositories = await ratio(few, await eventsOn(young, 5000))
    await addHistory(young, 1000)
    await addHistory(old, 100_000)
    const history = await ratio(few, await eventsOn(old, 10))
    return [
      atMost('cost of an event with 5,000 repositories / with 10', repositories, { goal: 1.2, digits: 2 }),
      atMost('cost of an event with 100,000 rows of history / with 1,000', history, { goal: 1.2, digits: 2 }),
    ]
  } finally {
    for (const stop of stops) await stop()
    await young.close()
    await old.close()
    await postgres.stop()
  }
}

/** Of the lower quartiles, which the rest of the machine disturbs least; in turns, so that it disturbs both alike. */
async function ratio(small: Round, large: Round): Promise<number> {
  const times: { readonly small: number[]; readonly large: number[] } = { small: [], large: [] }
  await small()
  await large()
  for (let at = 0; at < rounds; at++) {
    times.small.push(...(await small()))
    times.large.push(...(await large()))
  }
  return lowerQuartile(times.large) / lowerQuartile(times.small)
}

function lowerQuartile(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 4)] ?? 0
}

/** Events that are taken in, and what a pass over each asks the memory. */
async function eventsOn(database: Database, repositories: number): Promise<Round> {
  const queue = await openQueue(database, {}, quiet)
  stops.push(() => queue.stop())
  const inbox = createInbox(database, queue)
  const memory = createMemory(database)
  let at = 0
  const event = async (): Promise<number> => {
    at += 1
    const id = 1 + Math.floor((at * 7919) % repositories)
    const repository = { installationId: 1, id, owner: 'acme', name: `r${id}` }
    const ref: PullRef = { kind: 'pull', repository, number: 1 + (at % 5) }
    const begun = performance.now()
    await inbox.accept({ id: randomUUID(), hints: [{ ref, when: 'now' }], wish: null, pull: null })
    const pass = await memory.beginPass(ref)
    await memory.headSeen(ref, 'a'.repeat(40))
    await memory.claim(ref.repository, `check:${at}`, 'f')
    await memory.holds(pass)
    await memory.saveSnapshot(ref, '{}')
    return performance.now() - begun
  }
  const round = async () => {
    const times: number[] = []
    for (let nth = 0; nth < eventsInRound; nth++) times.push(await event())
    return times
  }
  return round
}

async function addHistory(database: Database, rows: number): Promise<void> {
  const tag = randomUUID()
  for (const statement of [
    `insert into deliveries (id) select '${tag}' || n from generate_series(1, ${rows}) n`,
    `insert into heads (repository_id, sha, ref_key, ref) select 1, md5('${tag}' || n), 'pull:1:' || n, '{}' from generate_series(1, ${rows}) n`,
    `insert into claims (repository_id, key, state, fingerprint, said) select 1, '${tag}' || n, 'done', 'f', 'f' from generate_series(1, ${rows}) n`,
    `insert into passes (ref_key, token, begun_at) select '${tag}' || n, 't', now() from generate_series(1, ${rows}) n`,
    'analyze',
  ]) {
    await database.run(statement, [])
  }
}
