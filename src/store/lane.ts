import { sql } from 'kysely'
import type { Job, PgBoss } from 'pg-boss'
import type { Log } from '../reconcile/world/log.ts'
import type { Database } from './database.ts'
import { createPump } from './pump.ts'
import { sign } from './take-over.ts'

/** How often an idle lane looks for jobs nobody told it of, and how often it says that its own are alive (ms). */
const poll = 1000
const beat = 3000

export type LaneOptions<T> = {
  readonly name: string
  /** Jobs at a time in this process, and of one group in all processes together; that is asked each time. */
  readonly concurrency: number
  readonly perGroup: () => number
  /** How long a slot stays empty once its job is done (ms); asked each time. */
  readonly pause: () => number
  readonly run: (data: T) => Promise<void>
}

export type Lane = {
  /** There may be something to do. */
  wake(): void
  /** Takes no more, and waits for what runs, at most so long (ms); what still runs then is given back to the queue. */
  stop(within: number): Promise<void>
}

type Around = { readonly boss: PgBoss; readonly database: Database; readonly log: Log }

/**
 * Works on one of the queues. pg-boss's own workers take jobs in batches, and a batch is over when its slowest job is;
 * here each job has its own slot, and the next is taken the moment one is free, or after a pause.
 */
export function openLane<T extends object>(around: Around, options: LaneOptions<T>): Lane {
  const { boss, log } = around
  const { name, concurrency, perGroup, pause } = options
  const active = new Map<string, Job<T>>()
  const start = (job: Job<T>) => {
    active.set(attemptOf(job), job)
    void settle(around, options, job).finally(() => {
      active.delete(attemptOf(job))
      const rest = pause()
      if (rest === 0) pump.wake()
      else setTimeout(pump.wake, rest).unref()
    })
  }
  const pump = createPump({
    once: async () => {
      const free = concurrency - active.size
      if (free === 0) return 'enough'
      const jobs = await boss.fetch<T>(name, { batchSize: free, groupConcurrency: perGroup() })
      for (const job of jobs) start(job)
      void signed(around, name, jobs)
      // Fewer than were asked for: there are no more, or what is left must wait for one that runs.
      return jobs.length < free ? 'enough' : 'more'
    },
    failed: (cause) => log.error({ queue: name, cause }, 'no jobs can be fetched'),
  })
  const polling = setInterval(pump.wake, poll)
  const beating = setInterval(() => void keepAlive(around, name, [...active.values()]), beat)
  pump.wake()
  return {
    wake: pump.wake,
    stop: async (within) => {
      clearInterval(polling)
      await pump.stop()
      const end = performance.now() + within
      while (active.size > 0 && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 20))
      clearInterval(beating)
      await giveBack(around, name, [...active.values()])
    },
  }
}

/** The same job taken again, here or elsewhere, is another attempt. */
function attemptOf(job: Job<object>): string {
  return `${job.id}:${job.retryCount}`
}

/** Runs a job and says how it ended. What can't be said is taken over by its heartbeat, and done again. */
async function settle<T extends object>(around: Around, { name, run }: LaneOptions<T>, job: Job<T>): Promise<void> {
  const { boss, log } = around
  try {
    const failure = await run(job.data).then(
      () => null,
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    )
    if (failure === null) return await finish(around, name, job)
    log.error({ queue: name, job: job.id, attempt: job.retryCount + 1, cause: failure.message }, 'a job failed')
    await boss.fail(name, job, { message: failure.message })
  } catch (error) {
    log.error({ queue: name, job: job.id, cause: String(error) }, 'the end of a job could not be written down')
  }
}

/**
 * Removes a job that succeeded, and with it what waits or is parked after earlier failures on the same subject: they
 * would only look at what was just looked at. A job somebody else took over meanwhile is left alone.
 */
async function finish({ database }: Around, name: string, job: Job<object>): Promise<void> {
  await sql`with done as (
      delete from pgboss.job where name = ${name} and id = ${job.id} and retry_count = ${job.retryCount}
        and state = 'active' returning singleton_key
    ), again as (
      delete from pgboss.job using done where job.name = ${name} and job.singleton_key = done.singleton_key
        and job.state = 'retry'
    )
    delete from pgboss.job using done where job.name = 'parked' and job.singleton_key = done.singleton_key
      and job.state < 'active'`.execute(database.kysely)
}

async function signed({ database, log }: Around, name: string, jobs: readonly Job<object>[]): Promise<void> {
  const ids = jobs.map((job) => job.id)
  await sign(database, name, ids).catch((error: unknown) => {
    log.warn({ queue: name, cause: String(error) }, 'jobs could not be signed; their heartbeat tells whether they live')
  })
}

async function keepAlive({ boss, log }: Around, name: string, jobs: readonly Job<object>[]): Promise<void> {
  if (jobs.length === 0) return
  try {
    await boss.touch(name, [...jobs])
  } catch (error) {
    log.warn({ queue: name, cause: String(error) }, 'running jobs could not be kept alive')
  }
}

async function giveBack({ boss, log }: Around, name: string, jobs: readonly Job<object>[]): Promise<void> {
  if (jobs.length === 0) return
  log.warn({ queue: name, jobs: jobs.length }, 'stopped before these jobs were done; they will be done again')
  try {
    await boss.fail(name, [...jobs], { message: 'the process stopped' })
  } catch (error) {
    log.warn({ queue: name, cause: String(error) }, 'jobs could not be given back; their heartbeat will do it')
  }
}
