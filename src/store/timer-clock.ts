import type { Log } from '../reconcile/world/log.ts'
import type { Database, Tx } from './database.ts'
import { nextTimer, type Timed, takeDueTimers } from './timers.ts'

/** The longest it sleeps (ms), so that nobody need be told of a timer that is due later than that. */
export const longestSleep = 1000

export type TimerClock = {
  /** A timer was set: it may be the next. */
  wake(): void
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
  let again = false
  const sleep = (ms: number) => {
    if (timer !== null) clearTimeout(timer)
    if (!stopped) timer = setTimeout(wake, Math.min(longestSleep, Math.max(1, ms)))
  }
  const round = async () => {
    const ahead = database.ahead()
    const wait = await database.transaction(async (tx) => {
      await fire(tx, await takeDueTimers(tx, ahead))
      return nextTimer(tx, ahead)
    })
    sleep(again ? 0 : (wait ?? longestSleep))
  }
  const wake = () => {
    again = running !== null
    if (again || stopped) return
    running = round()
      .catch((error: unknown) => {
        log.error({ cause: String(error) }, 'timers could not be looked at')
        sleep(longestSleep)
      })
      .finally(() => {
        running = null
      })
  }
  wake()
  return {
    wake,
    stop: async () => {
      stopped = true
      if (timer !== null) clearTimeout(timer)
      await running
    },
  }
}
