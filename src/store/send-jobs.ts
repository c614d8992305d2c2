import { CompiledQuery, sql } from 'kysely'
import type { PgBoss } from 'pg-boss'
import { type Ref, type Repository, refKey } from '../model/ref.ts'
import type { Expected, Hint } from '../reconcile/world/inbox.ts'
import type { Pass } from '../reconcile/world/writes.ts'
import type { Database, Tx } from './database.ts'
import type { Downpour } from './downpour.ts'
import { expectNews } from './expect-news.ts'
import { moveMark } from './move-mark.ts'
import type { QueueSettings } from './queue-options.ts'
import { siftHints } from './sift-hints.ts'
import { storable, storableJson } from './storable.ts'
import { longestSleep } from './timer-clock.ts'
import { setTimers } from './timers.ts'
import { readTurns } from './turns.ts'

/** Where the database tells every process that there is something to do: the name of what. */
export const queueChannel = 'waybill_queue'

/** Subjects hinted in one transaction, so that deliveries need not wait long for it. */
const together = 200

/** Between two sweeps that deliveries ask for, of one installation or of all (ms). */
const apart = 60_000

export type Senders = {
  readonly boss: PgBoss
  readonly database: Database
  readonly settings: QueueSettings
  readonly downpour: Downpour
}

export function createSenders({ boss, database, settings, downpour }: Senders) {
  const enqueue = async (tx: Tx, hints: readonly Hint[]) => {
    if (hints.length === 0) return
    downpour.came(hints.length)
    const sifted = await siftHints(tx, hints, settings)
    const now = sifted.filter(({ after }) => after === 0)
    const held = now.filter(({ isHeld }) => isHeld)
    await sendPasses(boss, tx, { refs: now.map(({ ref }) => ref), held: held.map(({ ref }) => ref), settings })
    const later = sifted.filter(({ after }) => after > 0)
    if (later.length === 0) return
    await setTimers(tx, later, database.ahead())
    if (later.some(({ after }) => after < longestSleep)) await tell(tx, 'timer')
  }
  return {
    enqueue,
    expect: (ref: Ref, pass: Pass, expected: Expected) =>
      database.transaction(async (tx) => {
        const news = await expectNews(tx, pass, expected)
        await enqueue(
          tx,
          news.map((check): Hint => ({ ref, when: check.state === 'begun' ? 'soon' : 'now', check })),
        )
      }),
    hint: (ref: Ref) => database.transaction((tx) => sendPasses(boss, tx, { refs: [ref], settings })),
    hintAll: async (refs: readonly Ref[]) => {
      for (let at = 0; at < refs.length; at += together) {
        const some = refs.slice(at, at + together)
        await database.transaction((tx) => sendPasses(boss, tx, { refs: some, settings }))
      }
    },
    remind: (ref: Ref, at: number) => {
      const after = at - (Date.now() + database.ahead())
      return database.transaction(async (tx) => {
        await setTimers(tx, [{ ref, after }], database.ahead())
        await tell(tx, 'timer')
      })
    },
    hintSweep: (installation: number | null) => database.transaction((tx) => sendSweep(boss, tx, installation)),
    hintOutbox: (repository: Repository) =>
      database.transaction((tx) => sendOutboxes(boss, tx, { repositories: [repository], settings })),
    remindOutbox: (repository: Repository, at: number) => {
      const after = at - (Date.now() + database.ahead())
      return database.transaction(async (tx) => {
        await setTimers(tx, [{ ref: { kind: 'outbox', repository }, after }], database.ahead())
        await tell(tx, 'timer')
      })
    },
  }
}

export type Sending = {
  readonly refs: readonly Ref[]
  readonly settings: QueueSettings
  /** Those of them on which no pass begins before the transaction ends: where one is queued, it comes after it. */
  readonly held?: readonly Ref[]
}

/** One job a subject, in the order of their keys, so that two transactions never wait for each other in a circle. */
export async function sendPasses(boss: PgBoss, tx: Tx, { refs, settings, held = [] }: Sending): Promise<void> {
  if (refs.length === 0) return
  const turns = await readTurns(tx, held.map(keyOf))
  const startAfter = seconds(settings.now)
  const jobs = [...new Map(refs.map((ref) => [keyOf(ref), ref]))]
    .filter(([key]) => !turns.queued.has(key))
    .map(([singletonKey, ref]) => {
      const data: Ref = JSON.parse(storableJson(ref))
      const group = { id: String(ref.repository.id) }
      return { singletonKey, data, startAfter, group, priority: turns.next(ref.repository) }
    })
    .toSorted((a, b) => (a.singletonKey < b.singletonKey ? -1 : 1))
  if (jobs.length === 0) return
  await boss.insert('pass', jobs, { db: inside(tx) })
  await tell(tx, 'pass')
}

function keyOf(ref: Ref): string {
  return storable(refKey(ref))
}

async function sendSweep(boss: PgBoss, tx: Tx, installation: number | null): Promise<void> {
  if (!(await moveMark(tx, `swept:${installation}`, apart))) return
  const singletonKey = installation === null ? 'sweep' : `sweep:${installation}`
  await boss.insert('sweep', [{ singletonKey, data: { installation } }], { db: inside(tx) })
  await tell(tx, 'sweep')
}

export async function sendOutboxes(
  boss: PgBoss,
  tx: Tx,
  { repositories, settings }: { readonly repositories: readonly Repository[]; readonly settings: QueueSettings },
): Promise<void> {
  if (repositories.length === 0) return
  const jobs = repositories.map((repository) => {
    return { singletonKey: `outbox:${repository.id}`, data: repository, startAfter: seconds(settings.now) }
  })
  await boss.insert('outbox', jobs, { db: inside(tx) })
  await tell(tx, 'outbox')
}

/** pg-boss's own statements in our transaction. */
function inside(tx: Tx) {
  return {
    executeSql: async (text: string, values: readonly unknown[] = []) => {
      const { rows } = await tx.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, [...values]))
      return { rows }
    },
  }
}

async function tell(tx: Tx, what: 'pass' | 'outbox' | 'sweep' | 'timer'): Promise<void> {
  await sql`select pg_notify(${queueChannel}, ${what})`.execute(tx)
}

/** An interval as PostgreSQL reads it. */
function seconds(ms: number): string {
  return String(ms / 1000)
}
