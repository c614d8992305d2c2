import type { Hint } from '../reconcile/world/inbox.ts'
import type { Log } from '../reconcile/world/log.ts'
import type { Queue, Work } from '../reconcile/world/queue.ts'
import { answersInTime } from './answers-in-time.ts'
import type { Ask } from './at-once.ts'
import { openBoss } from './boss.ts'
import type { Database } from './database.ts'
import { createDownpour } from './downpour.ts'
import { type ParkedJob, readParked } from './parked.ts'
import { type QueueOptions, queueDefaults } from './queue-options.ts'
import { createSenders, type Enqueue } from './send-jobs.ts'
import { startWork } from './start-work.ts'

export type OpenQueue = Queue & {
  /**
   * Holds the subjects of these hints inside a transaction of the caller, and answers how to hint those that are taken:
   * they are there when it commits, and never otherwise.
   */
  hold(ask: Ask, hints: readonly Hint[]): Promise<Enqueue>
  /** An installation, or all (null), is to be looked at, at once and not twice a minute: what is said meanwhile the next sweep sees. */
  hintSweep(installation: number | null): Promise<void>
  /** Begins to work. Once. */
  start(work: Work): Promise<void>
  /** Takes no more jobs, waits for the running ones (25 s at most in all), gives the rest back. */
  stop(): Promise<void>
  /** Whether the database answers and the queue is open. Never rejects; answers within 2 s. */
  ready(): Promise<boolean>
  /** What failed too often and waits for a new hint, newest first. */
  parked(): Promise<readonly ParkedJob[]>
}

/** Opens the durable queue on this database. Hints are taken at once; work begins with `start`. */
export async function openQueue(database: Database, options: QueueOptions, log: Log): Promise<OpenQueue> {
  const settings = { ...queueDefaults, ...options }
  const boss = await openBoss(database, settings, log)
  const downpour = createDownpour(settings.downpour)
  const senders = createSenders({ boss, database, settings, downpour })
  let end: (() => Promise<void>) | null = null
  let stopped: Promise<void> | null = null
  return {
    ...senders,
    start: async (work) => {
      if (end !== null) throw new Error('the queue works already')
      end = await startWork({ boss, database, settings, downpour, log }, work)
    },
    stop: () => {
      stopped ??= (end?.() ?? Promise.resolve()).then(() => boss.stop({ graceful: false }))
      return stopped
    },
    ready: async () => stopped === null && (await answersInTime(database)),
    parked: () => readParked(database),
  }
}
