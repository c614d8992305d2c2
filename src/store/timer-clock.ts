import type { Log } from '../reconcile/world/log.ts'
import type { Database, Tx } from './database.ts'
import { nextTimer, type Timed, takeDueTimers } from './timers.ts'

/** The longest it sleeps (ms), so that nobody need be told of a timer that is due later than that. */
export const longestSleep = 1000

export type TimerClock = {
  /** A timer was set that is due in so long (ms): it may be the next. */
  wake(after: number): void
  stop(): Promise<void>
}

export type ClockOptions = {
  readonly database: Database
  readonly log: Log
  /** Hints what has its time come, in the transaction that takes the timers out. */
  readonly fire: (tx: Tx, due: readonly Timed[]) => Promise<void>
}

/** Fires timers when they are due. Any number of processes may do it: each timer fires in one of them. */
export function openTimerClock({ database, log, fire }: ClockOptions): TimerClock {
  let stopped = false
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> | null = null
  let wakesAt = 0
  let told = Number.POSITIVE_INFINITY
  const sleep = (ms: number) => {
    if (timer !== null) clearTimeout(timer)
    if (stopped) return
    const least = Math.min(longestSleep, Math.max(1, Math.min(ms, told - performance.now())))
    wakesAt = performance.now() + least
    timer = setTimeout(look, least)
  }
  const round = async () => {
    const ahead = database.ahead()
    told = Number.POSITIVE_INFINITY
    const wait = await database.transaction(async (tx) => {
      await fire(tx, await takeDueTimers(tx, ahead))
      return nextTimer(tx, ahead)
    })
    sleep(wait ?? longestSleep)
  }
  const look = () => {
    running = round()
      .catch((error: unknown) => {
        log.error({ cause: String(error) }, 'timers could not be looked at')
        sleep(longestSleep)
      })
      .finally(() => {
        running = null
      })
  }
  look()
  return {
    // What is set while it looks, that look may not see.
    wake: (after) => {
      told = Math.min(told, performance.now() + after)
      if (running === null && told < wakesAt) sleep(after)
    },
    stop: async () => {
      stopped = true
      if (timer !== null) clearTimeout(timer)
      await running
    },
  }
}
