import { CompiledQuery, sql } from 'kysely'
import type { PgBoss } from 'pg-boss'
import { type Ref, type Repository, refKey } from '../model/ref.ts'
import type { Expected, Hint } from '../reconcile/world/inbox.ts'
import type { Pass } from '../reconcile/world/writes.ts'
import { type Ask, atOnce } from './at-once.ts'
import type { Database, Tx } from './database.ts'
import type { Downpour } from './downpour.ts'
import { expectNews } from './expect-news.ts'
import { moveMark } from './move-mark.ts'
import type { QueueSettings } from './queue-options.ts'
import { holdSubjects, type Subjects, saveExpected, siftHints } from './sift-hints.ts'
import { storable, storableJson } from './storable.ts'
import { longestSleep } from './timer-clock.ts'
import { setTimers, type Timer } from './timers.ts'
import { readTurns, type Turns } from './turns.ts'

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

/** Hints, inside the same transaction, those of the held that are taken. */
export type Enqueue = (tx: Tx, taken: readonly Hint[]) => Promise<void>

export function createSenders(senders: Senders) {
  const { boss, database, settings } = senders
  const send = (write: (ask: Ask) => Promise<void>) => database.transaction((tx) => atOnce(tx, write))
  const untilThen = (at: number) => at - (Date.now() + database.ahead())
  return {
    hold: (ask: Ask, hints: readonly Hint[]) => hold(senders, ask, hints),
    expect: (ref: Ref, pass: Pass, expected: Expected) =>
      database.transaction(async (tx) => {
        const news = await expectNews(tx, pass, expected)
        const hints = news.map((check): Hint => ({ ref, when: check.state === 'begun' ? 'soon' : 'now', check }))
        const take = await atOnce(tx, (ask) => hold(senders, ask, hints))
        await take(tx, hints)
      }),
    hint: (ref: Ref) => send((ask) => sendPasses(boss, ask, { refs: [ref], settings })),
    hintAll: async (refs: readonly Ref[]) => {
      for (let at = 0; at < refs.length; at += together) {
        await send((ask) => sendPasses(boss, ask, { refs: refs.slice(at, at + together), settings }))
      }
    },
    remind: (ref: Ref, at: number) => send((ask) => remind(database, ask, [{ ref, after: untilThen(at) }])),
    hintSweep: (installation: number | null) => database.transaction((tx) => sendSweep(boss, tx, installation)),
    hintOutbox: (repository: Repository) =>
      send((ask) => sendOutboxes(boss, ask, { repositories: [repository], settings })),
    remindOutbox: (repository: Repository, at: number) => {
      const timer: Timer = { ref: { kind: 'outbox', repository }, after: untilThen(at) }
      return send((ask) => remind(database, ask, [timer]))
    },
  }
}

/** See `OpenQueue.hold`. The queue is read when the subjects are held: what is queued then is begun after the transaction. */
async function hold(senders: Senders, ask: Ask, hints: readonly Hint[]): Promise<Enqueue> {
  if (hints.length === 0) return async () => {}
  senders.downpour.came(hints.length)
  const keys = hints.map(({ ref }) => keyOf(ref))
  const [subjects, turns] = await Promise.all([holdSubjects(ask, hints), readTurns(ask, keys)])
  return (tx, taken) => enqueue(senders, tx, { taken, subjects, turns })
}

type Held = { readonly taken: readonly Hint[]; readonly subjects: Subjects; readonly turns: Turns }

async function enqueue({ boss, database, settings }: Senders, tx: Tx, { taken, subjects, turns }: Held): Promise<void> {
  const { sifted, expected } = siftHints(subjects, taken, settings)
  const later = sifted.filter(({ after }) => after > 0)
  const refs = sifted.flatMap(({ ref, after, isHeld }) => {
    return after > 0 || (isHeld && turns.queued.has(keyOf(ref))) ? [] : [ref]
  })
  await atOnce(tx, (ask) => {
    return Promise.all([
      saveExpected(ask, subjects, expected),
      remind(database, ask, later),
      queuePasses(boss, ask, { refs, settings, turns }),
    ])
  })
}

async function remind({ ahead }: Database, ask: Ask, timers: readonly Timer[]): Promise<void> {
  if (timers.length === 0) return
  const first = Math.max(0, Math.ceil(Math.min(...timers.map(({ after }) => after))))
  const told = first < longestSleep ? [tell(ask, `timer ${first}`)] : []
  await Promise.all([setTimers(ask, timers, ahead()), ...told])
}

export type Sending = { readonly refs: readonly Ref[]; readonly settings: QueueSettings }

/** One job a subject. */
export async function sendPasses(boss: PgBoss, ask: Ask, { refs, settings }: Sending): Promise<void> {
  if (refs.length === 0) return
  await queuePasses(boss, ask, { refs, settings, turns: await readTurns(ask, []) })
}

/** In the order of their keys, so that two transactions never wait for each other in a circle. */
async function queuePasses(
  boss: PgBoss,
  ask: Ask,
  { refs, settings, turns }: Sending & { readonly turns: Turns },
): Promise<void> {
  if (refs.length === 0) return
  const startAfter = seconds(settings.now)
  const jobs = [...new Map(refs.map((ref) => [keyOf(ref), ref]))]
    .map(([singletonKey, ref]) => {
      const data: Ref = JSON.parse(storableJson(ref))
      const group = { id: String(ref.repository.id) }
      return { singletonKey, data, startAfter, group, priority: turns.next(ref.repository) }
    })
    .toSorted((a, b) => (a.singletonKey < b.singletonKey ? -1 : 1))
  await Promise.all([boss.insert('pass', jobs, { db: inside(ask) }), tell(ask, 'pass')])
}

function keyOf(ref: Ref): string {
  return storable(refKey(ref))
}

async function sendSweep(boss: PgBoss, tx: Tx, installation: number | null): Promise<void> {
  if (!(await moveMark(tx, `swept:${installation}`, apart))) return
  const singletonKey = installation === null ? 'sweep' : `sweep:${installation}`
  await atOnce(tx, (ask) => {
    const jobs = [{ singletonKey, data: { installation } }]
    return Promise.all([boss.insert('sweep', jobs, { db: inside(ask) }), tell(ask, 'sweep')])
  })
}

export async function sendOutboxes(
  boss: PgBoss,
  ask: Ask,
  { repositories, settings }: { readonly repositories: readonly Repository[]; readonly settings: QueueSettings },
): Promise<void> {
  if (repositories.length === 0) return
  const jobs = repositories.map((repository) => {
    return { singletonKey: `outbox:${repository.id}`, data: repository, startAfter: seconds(settings.now) }
  })
  await Promise.all([boss.insert('outbox', jobs, { db: inside(ask) }), tell(ask, 'outbox')])
}

/** pg-boss's own statements in our transaction. */
function inside(ask: Ask) {
  return {
    executeSql: async (text: string, values: readonly unknown[] = []) => {
      const rows = await ask<Record<string, unknown>>(CompiledQuery.raw(text, [...values]))
      return { rows: [...rows] }
    },
  }
}

/** What there is to do, and where it is a timer, in how many ms. */
async function tell(ask: Ask, what: 'pass' | 'outbox' | 'sweep' | `timer ${number}`): Promise<void> {
  await ask(sql`select pg_notify(${queueChannel}, ${what})`)
}

/** An interval as PostgreSQL reads it. */
function seconds(ms: number): string {
  return String(ms / 1000)
}
