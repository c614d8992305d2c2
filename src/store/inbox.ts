import { sql } from 'kysely'
import { refKey } from '../model/ref.ts'
import type { Delivery, Inbox } from '../reconcile/world/inbox.ts'
import { atOnce } from './at-once.ts'
import type { Database, Tx } from './database.ts'
import { type Asked, inBatches, together } from './in-batches.ts'
import type { OpenQueue } from './queue.ts'
import { isStorable, storableJson } from './storable.ts'
import { storeWishes } from './store-wishes.ts'

/** After so long (ms) a delivery is answered with a failure: GitHub then has it on record as failed. */
const patience = 1900
/** Deliveries committed together at most. */
const most = 200

type Waiting = Asked<Delivery, 'stored' | 'known'>

/**
 * Takes deliveries in. What comes while a commit is under way is committed together in the next one, so that a flood
 * costs no more than its merged hints; each delivery is stored whole or not at all. One that can't be stored fails
 * alone. Rejects within 2 s when the database does not answer; should the commit come through after that, the
 * delivery is stored all the same, and its redelivery is `known`.
 */
export function createInbox(database: Database, queue: Pick<OpenQueue, 'hold'>): Inbox {
  const accept = inBatches<Delivery, 'stored' | 'known'>(most, (batch) => commitBatch(database, queue, batch))
  const pullOf = inBatches(
    most,
    together((branches: readonly Branch[]) => pullsOf(database, branches)),
  )
  return {
    accept: (delivery) => withPatience(accept(storableDelivery(delivery))),
    pullOf: (repositoryId, branch) => pullOf({ repositoryId, branch }),
  }
}

type Branch = { readonly repositoryId: number; readonly branch: string }

async function pullsOf({ kysely }: Database, branches: readonly Branch[]): Promise<readonly (number | null)[]> {
  const { rows } = await sql<{ readonly number: number | null }>`select known.number
    from rows from (jsonb_to_recordset(${storableJson(branches)}::jsonb) as ("repositoryId" bigint, branch text))
      with ordinality as asked(repository, branch, nth)
    left join lateral (
      select number from branch_pulls where repository_id = asked.repository and branch = asked.branch
        order by number desc limit 1
    ) as known on true order by asked.nth`.execute(kysely)
  return rows.map((row) => row.number)
}

/** Deliveries are small and come from outside: cleaned once, whole, and only where there is something to clean. */
function storableDelivery(delivery: Delivery): Delivery {
  return isStorable(delivery) ? delivery : JSON.parse(storableJson(delivery))
}

async function withPatience<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | null = null
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the database did not answer in time')), patience)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    if (timer !== null) clearTimeout(timer)
  }
}

/** Never rejects: every delivery in it is answered. */
async function commitBatch(
  database: Database,
  queue: Pick<OpenQueue, 'hold'>,
  batch: readonly Waiting[],
): Promise<void> {
  try {
    const fresh = await database.transaction((tx) =>
      store(
        { tx, ahead: database.ahead() },
        queue,
        batch.map((one) => one.question),
      ),
    )
    for (const { question, resolve } of batch) resolve(fresh.delete(question.id) ? 'stored' : 'known')
  } catch (error) {
    const alone = batch.length === 1 || !(await isThere(database))
    for (const one of batch) await (alone ? one.reject(error) : commitBatch(database, queue, [one]))
  }
}

/** Whether it is worth trying one by one: a database that is away refuses every one of them. */
async function isThere(database: Database): Promise<boolean> {
  return withPatience(database.ping()).then(
    () => true,
    () => false,
  )
}

/** Answers the ids that were not known before. */
async function store(
  { tx, ahead }: { readonly tx: Tx; readonly ahead: number },
  queue: Pick<OpenQueue, 'hold'>,
  deliveries: readonly Delivery[],
): Promise<Set<string>> {
  const ids = [...new Set(deliveries.map((delivery) => delivery.id))].toSorted()
  const [rows, enqueue] = await atOnce(tx, (ask) => {
    const inserted = ask(sql<{ readonly id: string }>`insert into deliveries (id)
      select * from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)
      on conflict do nothing returning id`)
    return Promise.all([
      inserted,
      queue.hold(
        ask,
        deliveries.flatMap(({ hints }) => hints),
      ),
    ])
  })
  const fresh = new Set(rows.map((row) => row.id))
  const taken = deliveries.filter((one, at) => {
    return fresh.has(one.id) && deliveries.findIndex((other) => other.id === one.id) === at
  })
  await storeWishes(
    tx,
    taken.flatMap(({ wish }) => (wish === null ? [] : [wish])),
    ahead,
  )
  await storePulls(tx, taken)
  await enqueue(
    tx,
    taken.flatMap((delivery) => delivery.hints),
  )
  return fresh
}

/** A pass that runs read a pull request that was still open: it writes nothing more. */
async function endPass(tx: Tx, { repositoryId, number }: NonNullable<Delivery['pull']>): Promise<void> {
  const repository = { installationId: 0, id: repositoryId, owner: '', name: '' }
  await tx
    .updateTable('passes')
    .set({ token: 'closed' })
    .where('ref_key', '=', refKey({ kind: 'pull', repository, number }))
    .execute()
}

/** The last word on each pull request counts. */
async function storePulls(tx: Tx, deliveries: readonly Delivery[]): Promise<void> {
  const pulls = new Map(
    deliveries.flatMap(({ pull }) => (pull === null ? [] : [[`${pull.repositoryId}:${pull.number}`, pull] as const])),
  )
  for (const [, pull] of [...pulls].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const row = { repository_id: pull.repositoryId, number: pull.number, branch: pull.branch }
    if (pull.open) {
      await tx
        .insertInto('branch_pulls')
        .values(row)
        .onConflict((conflict) => conflict.columns(['repository_id', 'number']).doUpdateSet({ branch: row.branch }))
        .execute()
    } else {
      await tx
        .deleteFrom('branch_pulls')
        .where('repository_id', '=', row.repository_id)
        .where('number', '=', row.number)
        .execute()
      await endPass(tx, pull)
    }
  }
}
