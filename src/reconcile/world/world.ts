import type { Code } from './code.ts'
import type { Issues } from './issues.ts'
import type { Log } from './log.ts'
import type { Memory } from './memory.ts'
import type { Queue } from './queue.ts'

/**
 * What a pass needs of the outside. `now` gives ms, UTC. `crashpoint` is a no-op outside tests. `lag`: how long (ms) a
 * write whose answer was lost may still be on its way, and GitHub's lists behind it.
 */
export type World = {
  readonly code: Code
  readonly issues: Issues
  readonly memory: Memory
  readonly queue: Queue
  readonly log: Log
  readonly now: () => number
  readonly lag: number
  readonly crashpoint: (name: string) => void
}
