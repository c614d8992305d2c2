/** All times in ms. What is left out has the value in `queueDefaults`. */
export type QueueOptions = {
  /** Subjects at a time in this process, and of one repository in all processes together. */
  readonly concurrency?: number
  readonly perRepository?: number
  /** How long a hint waits for others to merge with, when somebody waits for the answer and when nobody does. */
  readonly now?: number
  readonly soon?: number
  /** How long news that decides nothing by itself may wait. */
  readonly progress?: number
  /** After many hints came in at once, each repository has one pass at a time for so long. */
  readonly downpour?: number
  /** How long the place of a pass stays empty then: each writes to the disk that deliveries wait for. */
  readonly breath?: number
  /** How often a failing job is tried before it is parked, and the longest pause between two tries (whole seconds). */
  readonly tries?: number
  readonly longestPause?: number
  readonly sweepEvery?: number
  /** How long `stop` waits for running jobs. */
  readonly drain?: number
}

export const queueDefaults = {
  concurrency: 8,
  perRepository: 6,
  now: 50,
  soon: 1500,
  progress: 30_000,
  downpour: 250,
  breath: 100,
  tries: 10,
  longestPause: 300_000,
  // With the time in which it is noticed and done, what was lost is found within five minutes.
  sweepEvery: 270_000,
  drain: 22_000,
}

export type QueueSettings = typeof queueDefaults
