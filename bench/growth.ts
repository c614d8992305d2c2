import { randomUUID } from 'node:crypto'
import type { PullRef } from '../src/model/ref.ts'
import type { Database } from '../src/store/database.ts'
import { openDatabase } from '../src/store/database.ts'
import { createInbox } from '../src/store/inbox.ts'
import { createMemory } from '../src/store/memory.ts'
import { openQueue } from '../src/store/queue.ts'
import { startPostgres } from '../test/postgres.ts'

const quiet = { info: () => {}, warn: () => {}, error: () => {} }

/** What an event costs the database with few and many repositories, and with little and much history. */
export async function benchGrowth(): Promise<readonly string[]> {
  const postgres = await startPostgres()
  const database = await openDatabase({ url: postgres.url }, quiet)
  try {
    await cost(database, 10)
    const few = await cost(database, 10)
    const many = await cost(database, 5000)
    await addHistory(database, 1000)
    const young = await cost(database, 10)
    await addHistory(database, 99_000)
    const old = await cost(database, 10)
    return [
      `${(many / few).toFixed(2)}  times the cost of an event with 5,000 repositories instead of 10 (goal: 1.2)`,
      `${(old / young).toFixed(2)}  times the cost with 100,000 rows of history instead of 1,000 (goal: 1.2)`,
    ]
  } finally {
    await database.close()
    await postgres.stop()
  }
}

/** ms for one event: taken in, and what a pass over it asks the memory. The middle of many. */
async function cost(database: Database, repositories: number): Promise<number> {
  const queue = await openQueue(database, {}, quiet)
  const inbox = createInbox(database, queue)
  const memory = createMemory(database)
  const times: number[] = []
  for (let at = 0; at < 600; at++) {
    const id = 1 + Math.floor((at * 7919) % repositories)
    const ref: PullRef = {
      kind: 'pull',
      repository: { installationId: 1, id, owner: 'acme', name: `r${id}` },
      number: 1 + (at % 5),
    }
    const begun = performance.now()
    await inbox.accept({ id: randomUUID(), hints: [{ ref, when: 'now' }], wish: null, pull: null })
    const pass = await memory.beginPass(ref)
    await memory.headSeen(ref, 'a'.repeat(40))
    await memory.claim(ref.repository, `check:${at}`, 'f')
    await memory.holds(pass)
    await memory.saveSnapshot(ref, '{}')
    times.push(performance.now() - begun)
  }
  await queue.stop()
  return times.toSorted((a, b) => a - b)[300] ?? 0
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
