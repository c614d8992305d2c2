import type { RequiredCheck } from '../model/check.ts'
import type { ChecksWanted } from '../model/config-schema.ts'
import type { Lookup } from '../model/lookup.ts'
import type { SilenceCause } from '../model/silence.ts'

/** What is asked of the checks of one commit. */
export type ChecksPolicy = {
  readonly wanted: ChecksWanted
  /** What GitHub itself requires there. `required` without any is judged as `all`. */
  readonly required: Lookup<readonly RequiredCheck[]>
  /** With `all`, nothing passes before this (ms, UTC). */
  readonly settleUntil: number
  /** When a check that did not report is late (ms, UTC). */
  readonly silentAfter: number
  /** The event whose workflows are expected to report. */
  readonly event: Extract<SilenceCause, { kind: 'not-started' }>['event']
  /** ms, UTC */
  readonly now: number
  readonly neutral: 'pass' | 'block'
  readonly skipped: 'pass' | 'block'
  /** Names and globs that never block. */
  readonly ignore: readonly string[]
}
