import type { PgBoss } from 'pg-boss'
import type { Ref, Repository } from '../model/ref.ts'
import type { Log } from '../reconcile/world/log.ts'
import type { Work } from '../reconcile/world/queue.ts'
import { releaseAll } from './boss.ts'
import type { Database, Tx } from './database.ts'
import { type Lane, openLane } from './lane.ts'
import type { QueueSettings } from './queue-options.ts'
import { queueChannel, sendOutboxes, sendPasses } from './send-jobs.ts'
import { openSweeper } from './sweeper.ts'
import { openTimerClock } from './timer-clock.ts'
import type { Timed } from './timers.ts'

/** Begins to work on what is in the queue. Answers how to end it. */
export async function startWork({ boss, database, settings, log }: Inside, work: Work): Promise<() => Promise<void>> {
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
  const unlisten = await database.listen(queueChannel, wakeUp, wakeAll)
  const lanes: readonly Lane[] = [pass, outbox, sweeper]
  return async () => {
    await timers.stop()
    await Promise.all(lanes.map((lane) => lane.stop(settings.drain)))
    await unlisten()
  }
}

type Inside = {
  readonly boss: PgBoss
  readonly database: Database
  readonly settings: QueueSettings
  readonly log: Log
}
