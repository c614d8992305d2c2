import { sql } from 'kysely'
import { refKey } from '../model/ref.ts'
import type { Delivery, Inbox } from '../reconcile/world/inbox.ts'
import type { Database, Tx } from './database.ts'
import type { OpenQueue } from './queue.ts'
import { storable, storableJson } from './storable.ts'
import { storeWishes } from './store-wishes.ts'

/** After so long (ms) a delivery is answered with a failure: GitHub then has it on record as failed. */
const patience = 1900
/** Deliveries committed together at most. */
const most = 200

type Waiting = {
  readonly delivery: Delivery
  readonly resolve: (answer: 'stored' | 'known') => void
  readonly reject: (error: unknown) => void
}

/**
 * Takes deliveries in. What comes while a commit is under way is committed together in the next one, so that a flood
 * costs no more than its merged hints; each delivery is stored whole or not at all. One that can't be stored fails
 * alone. Rejects within 2 s when the database does not answer; should the commit come through after that, the
 * delivery is stored all the same, and its redelivery is `known`.
 */
export function createInbox(database: Database, queue: Pick<OpenQueue, 'enqueue'>): Inbox {
  const waiting: Waiting[] = []
  let committing = false
  const commit = async () => {
    if (committing) return
    committing = true
    while (waiting.length > 0) await commitBatch(database, queue, waiting.splice(0, most))
    committing = false
  }
  return {
    accept: (delivery) =>
      withPatience(
        new Promise((resolve, reject) => {
          waiting.push({ delivery: storableDelivery(delivery), resolve, reject })
          void commit()
        }),
      ),
    pullOf: async (repositoryId, branch) => {
      const row = await database.kysely
        .selectFrom('branch_pulls')
        .select('number')
        .where('repository_id', '=', repositoryId)
        .where('branch', '=', storable(branch))
        .orderBy('number', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row?.number ?? null
    },
  }
}

/** Deliveries are small and come from outside: cleaned once, whole. */
function storableDelivery(delivery: Delivery): Delivery {
  return JSON.parse(storableJson(delivery))
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
async function commitBatch(database: Database, queue: Pick<OpenQueue, 'enqueue'>, batch: Waiting[]): Promise<void> {
  try {
    const fresh = await database.transaction((tx) =>
      store(
        { tx, ahead: database.ahead() },
        queue,
        batch.map((one) => one.delivery),
      ),
    )
    for (const { delivery, resolve } of batch) resolve(fresh.delete(delivery.id) ? 'stored' : 'known')
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
  queue: Pick<OpenQueue, 'enqueue'>,
  deliveries: readonly Delivery[],
): Promise<Set<string>> {
  const ids = [...new Set(deliveries.map((delivery) => delivery.id))].toSorted()
  const { rows } = await sql<{ readonly id: string }>`insert into deliveries (id)
    select * from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)
    on conflict do nothing returning id`.execute(tx)
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
  await queue.enqueue(
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
