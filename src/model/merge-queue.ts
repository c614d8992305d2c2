import type { Checks, PostedCheck, RequiredCheck } from './check.ts'
import type { ConfigRead } from './config-read.ts'
import type { Lookup } from './lookup.ts'
import type { PullSnapshot } from './pull.ts'
import type { QueueRef } from './ref.ts'

/** A pull request in a merge queue. */
export type QueueEntry = {
  readonly pull: number
  /** What would become the line's head: all entries from the front to this one, merged. Null: not built yet. */
  readonly group: GroupHead | null
}

export type GroupHead = {
  readonly sha: string
  readonly checks: Lookup<Checks>
  readonly posted: readonly PostedCheck[]
}

/** What GitHub says of a merge queue, its front first; without entries where there is no queue. */
export type QueueFacts = {
  readonly ref: QueueRef
  /** The line's own file. */
  readonly config: ConfigRead
  readonly entries: readonly QueueEntry[]
}

export type QueueSnapshot = QueueFacts & {
  /** ms, UTC */
  readonly now: number
  /** The pull requests of the entries, by number. */
  readonly members: ReadonlyMap<number, PullSnapshot>
  /** The checks that GitHub itself requires on the line. */
  readonly required: Lookup<readonly RequiredCheck[]>
}

const prefix = 'gh-readonly-queue/'

/** The line whose merge queue made a branch (`gh-readonly-queue/main/pr-7-…`); null for any other branch. */
export function queuedLine(branch: string): string | null {
  if (!branch.startsWith(prefix)) return null
  const rest = branch.slice(prefix.length)
  const end = rest.lastIndexOf('/pr-')
  return end > 0 ? rest.slice(0, end) : null
}
