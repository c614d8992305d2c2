import type { PgBoss } from 'pg-boss'
import type { Ref, Repository } from '../model/ref.ts'
import type { Log } from '../reconcile/world/log.ts'
import type { Work } from '../reconcile/world/queue.ts'
import { atOnce } from './at-once.ts'
import type { Database, Tx } from './database.ts'
import type { Downpour } from './downpour.ts'
import { type Lane, openLane } from './lane.ts'
import type { QueueSettings } from './queue-options.ts'
import { queueChannel, sendOutboxes, sendPasses } from './send-jobs.ts'
import { openSweeper } from './sweeper.ts'
import { takeOver } from './take-over.ts'
import { openTimerClock } from './timer-clock.ts'
import type { Timed } from './timers.ts'

/** Begins to work on what is in the queue. Answers how to end it. */
export async function startWork(
  { boss, database, settings, downpour, log }: Inside,
  work: Work,
): Promise<() => Promise<void>> {
  const around = { boss, database, log }
  const { concurrency, perRepository, breath } = settings
  // It listens before it takes a job: by that others know that it lives.
  const woken = new Map<string, (after: number) => void>()
  const wakeAll = () => {
    for (const wake of woken.values()) wake(0)
  }
  const hear = (told: string) => {
    const [what = '', after = '0'] = told.split(' ')
    woken.get(what)?.(Number(after))
  }
  const unlisten = await database.listen(queueChannel, hear, wakeAll)
  const stopTaking = await takeOver(around, wakeAll)
  // Deliveries go first: whoever makes a downpour has one pass at a time in it, and the others go on.
  const perGroup = () => (downpour.lasts() ? 1 : perRepository)
  const pause = () => (downpour.lasts() ? breath : 0)
  const pass = openLane<Ref>(around, { name: 'pass', concurrency, perGroup, pause, run: work.pass })
  downpour.whenOver(pass.wake)
  const outbox = openLane<Repository>(around, {
    name: 'outbox',
    concurrency: 4,
    perGroup: () => 4,
    pause: () => 0,
    run: work.outbox,
  })
  const sweeper = await openSweeper(around, { every: settings.sweepEvery, sweep: work.sweep })
  const timers = openTimerClock({ database, log, fire: (tx, due) => fire(boss, tx, { due, settings }) })
  // The job may be fetched once its time to merge with others is over.
  const merged = (lane: Lane) => {
    let due: NodeJS.Timeout | null = null
    return () => {
      // In a downpour the next look follows soon enough, and at its end there is one.
      if (due !== null && downpour.lasts()) return
      due = setTimeout(() => {
        due = null
        lane.wake()
      }, settings.now + 5).unref()
    }
  }
  woken.set('timer', timers.wake).set('pass', merged(pass)).set('outbox', merged(outbox)).set('sweep', sweeper.wake)
  wakeAll()
  const lanes: readonly Lane[] = [pass, outbox, sweeper]
  return async () => {
    await Promise.all([stopTaking(), timers.stop()])
    await Promise.all(lanes.map((lane) => lane.stop(settings.drain)))
    await unlisten()
  }
}

type Due = { readonly due: readonly Timed[]; readonly settings: QueueSettings }

async function fire(boss: PgBoss, tx: Tx, { due, settings }: Due): Promise<void> {
  const refs = due.flatMap((one) => (one.kind === 'outbox' ? [] : [one]))
  const repositories = due.flatMap((one) => (one.kind === 'outbox' ? [one.repository] : []))
  await atOnce(tx, async (ask) => {
    await sendPasses(boss, ask, { refs, settings })
    await sendOutboxes(boss, ask, { repositories, settings })
  })
}

type Inside = {
  readonly boss: PgBoss
  readonly database: Database
  readonly settings: QueueSettings
  readonly downpour: Downpour
  readonly log: Log
}
