import { CompiledQuery, sql } from 'kysely'
import type { PgBoss } from 'pg-boss'
import { type Ref, type Repository, refKey } from '../model/ref.ts'
import type { Hint, Log, Queue, Work } from '../reconcile/world.ts'
import { openBoss, releaseAll } from './boss.ts'
import type { Database, Tx } from './database.ts'
import { type Lane, openLane } from './lane.ts'
import { type ParkedJob, readParked } from './parked.ts'
import { siftHints } from './sift-hints.ts'
import { storable, storableJson } from './storable.ts'
import { openSweeper } from './sweeper.ts'
import { openTimerClock } from './timer-clock.ts'
import { setTimers, type Timed } from './timers.ts'

/** All times in ms. What is left out has the value in `defaults`. */
export type QueueOptions = {
  /** Subjects at a time in this process, and of one repository in all processes together. */
  readonly concurrency?: number
  readonly perRepository?: number
  /** How long a hint waits for others to merge with, when somebody waits for the answer and when nobody does. */
  readonly now?: number
  readonly soon?: number
  /** How long news that decides nothing by itself may wait. */
  readonly progress?: number
  /** How often a failing job is tried before it is parked, and the longest pause between two tries (whole seconds). */
  readonly tries?: number
  readonly longestPause?: number
  readonly sweepEvery?: number
  /** How long `stop` waits for running jobs. */
  readonly drain?: number
}

const defaults = {
  concurrency: 8,
  perRepository: 6,
  now: 50,
  soon: 1500,
  progress: 30_000,
  tries: 10,
  longestPause: 300_000,
  sweepEvery: 300_000,
  drain: 22_000,
}

export type OpenQueue = Queue & {
  /** Hints inside a transaction of the caller: they are there when it commits, and never otherwise. */
  enqueue(tx: Tx, hints: readonly Hint[]): Promise<void>
  /** Everything is to be looked at, once, however often this is said before it begins. */
  hintSweep(): Promise<void>
  /** Begins to work. Once. */
  start(work: Work): Promise<void>
  /** Takes no more jobs, waits for the running ones (25 s at most in all), gives the rest back. */
  stop(): Promise<void>
  /** Whether the database answers and the queue is open. Never rejects; answers within 2 s. */
  ready(): Promise<boolean>
  /** What failed too often and waits for a new hint, newest first. */
  parked(): Promise<readonly ParkedJob[]>
}

const channel = 'waybill_queue'

/** Opens the durable queue on this database. Hints are taken at once; work begins with `start`. */
export async function openQueue(database: Database, options: QueueOptions, log: Log): Promise<OpenQueue> {
  const settings = { ...defaults, ...options }
  const boss = await openBoss(database, settings, log)
  const senders = createSenders(boss, database, settings)
  let end: (() => Promise<void>) | null = null
  let stopped: Promise<void> | null = null
  return {
    ...senders,
    start: async (work) => {
      if (end !== null) throw new Error('the queue works already')
      end = await startWork({ boss, database, settings, log }, work)
    },
    stop: () => {
      stopped ??= (end?.() ?? Promise.resolve()).then(() => boss.stop({ graceful: false }))
      return stopped
    },
    ready: async () => stopped === null && (await answers(database)),
    parked: () => readParked(database),
  }
}

type Settings = typeof defaults

function createSenders(boss: PgBoss, database: Database, settings: Settings) {
  const enqueue = async (tx: Tx, hints: readonly Hint[]) => {
    if (hints.length === 0) return
    const sifted = await siftHints(tx, hints, settings)
    await sendPasses(boss, tx, { refs: sifted.filter(({ after }) => after === 0).map(({ ref }) => ref), settings })
    const later = sifted.filter(({ after }) => after > 0)
    if (later.length === 0) return
    await setTimers(tx, later)
    await tell(tx, 'timer')
  }
  return {
    enqueue,
    hint: (ref: Ref) => database.transaction((tx) => sendPasses(boss, tx, { refs: [ref], settings })),
    remind: (ref: Ref, at: number) => {
      const after = at - Date.now()
      return database.transaction(async (tx) => {
        await setTimers(tx, [{ ref, after }])
        await tell(tx, 'timer')
      })
    },
    hintSweep: () =>
      database.transaction(async (tx) => {
        await boss.insert('sweep', [{ singletonKey: 'sweep', data: {} }], { db: inside(tx) })
        await tell(tx, 'sweep')
      }),
    hintOutbox: (repository: Repository) =>
      database.transaction((tx) => sendOutboxes(boss, tx, { repositories: [repository], settings })),
    remindOutbox: (repository: Repository, at: number) => {
      const after = at - Date.now()
      return database.transaction(async (tx) => {
        await setTimers(tx, [{ ref: { kind: 'outbox', repository }, after }])
        await tell(tx, 'timer')
      })
    },
  }
}

/** One job a subject, in the order of their keys, so that two transactions never wait for each other in a circle. */
async function sendPasses(
  boss: PgBoss,
  tx: Tx,
  { refs, settings }: { readonly refs: readonly Ref[]; readonly settings: Settings },
): Promise<void> {
  if (refs.length === 0) return
  const byKey = new Map(refs.map((ref) => [storable(refKey(ref)), ref]))
  const jobs = [...byKey]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([singletonKey, ref]) => {
      const data: Ref = JSON.parse(storableJson(ref))
      return { singletonKey, data, startAfter: seconds(settings.now), group: { id: String(ref.repository.id) } }
    })
  await boss.insert('pass', jobs, { db: inside(tx) })
  await tell(tx, 'pass')
}

async function sendOutboxes(
  boss: PgBoss,
  tx: Tx,
  { repositories, settings }: { readonly repositories: readonly Repository[]; readonly settings: Settings },
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
  await sql`select pg_notify(${channel}, ${what})`.execute(tx)
}

/** An interval as PostgreSQL reads it. */
function seconds(ms: number): string {
  return String(ms / 1000)
}

type Inside = {
  readonly boss: PgBoss
  readonly database: Database
  readonly settings: Settings
  readonly log: Log
}

/** Answers how to end it. */
async function startWork({ boss, database, settings, log }: Inside, work: Work): Promise<() => Promise<void>> {
  // Nobody else can be working on an embedded database: what is active there belonged to a process that died.
  if (database.kind === 'embedded') await releaseAll(boss, database)
  const around = { boss, database, log }
  const { concurrency, perRepository } = settings
  const pass = openLane<Ref>(around, { name: 'pass', concurrency, perGroup: perRepository, run: work.pass })
  const outbox = openLane<Repository>(around, { name: 'outbox', concurrency: 4, perGroup: 4, run: work.outbox })
  const sweeper = await openSweeper(around, { every: settings.sweepEvery, sweep: work.sweep })
  const fire = async (tx: Tx, due: readonly Timed[]) => {
    await sendPasses(boss, tx, { refs: due.flatMap((one) => (one.kind === 'outbox' ? [] : [one])), settings })
    const repositories = due.flatMap((one) => (one.kind === 'outbox' ? [one.repository] : []))
    await sendOutboxes(boss, tx, { repositories, settings })
  }
  const timers = openTimerClock({ database, log, fire })
  const wakeUp = (what: string) => {
    if (what === 'timer') timers.wake()
    else if (what === 'sweep') sweeper.wake()
    // The job may be fetched once its time to merge with others is over.
    else setTimeout(() => (what === 'pass' ? pass : outbox).wake(), settings.now + 5).unref()
  }
  const wakeAll = () => {
    for (const what of ['timer', 'pass', 'outbox', 'sweep']) wakeUp(what)
  }
  const unlisten = await database.listen(channel, wakeUp, wakeAll)
  const lanes: readonly Lane[] = [pass, outbox, sweeper]
  return async () => {
    await timers.stop()
    await Promise.all(lanes.map((lane) => lane.stop(settings.drain)))
    await unlisten()
  }
}

async function answers(database: Database): Promise<boolean> {
  let timer: NodeJS.Timeout | null = null
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), 1900)
  })
  const ping = database.ping().then(
    () => true,
    () => false,
  )
  const answer = await Promise.race([ping, late])
  if (timer !== null) clearTimeout(timer)
  return answer
}
