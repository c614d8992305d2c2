import type { Account } from './account.ts'
import type { LineSnapshot, Told } from './line.ts'
import type { PromotionReason } from './promotion.ts'
import type { RunRef } from './ref.ts'

/** A run of GitHub Actions, one of whose jobs asks whether it may use an environment. */
export type RunFacts = {
  readonly attempt: number
  readonly headSha: string
  /** Who started this attempt; null where GitHub does not say. */
  readonly by: Account | null
  /** Nothing of it is to be answered any more. */
  readonly completed: boolean
  readonly url: string
  /** When this attempt began (ms, UTC). */
  readonly startedAt: number
}

export type RunSnapshot = {
  readonly ref: RunRef
  readonly run: RunFacts
  /** The line that is released, or why it could not be read. */
  readonly line: LineSnapshot | { readonly unread: string }
  /** What was said about this run, by effect key. */
  readonly said: Told
  /** ms, UTC */
  readonly now: number
}

/** What a job that asks for an environment is told. `version` is its tag, where its commit has one. */
export type RunVerdict =
  | {
      readonly kind: 'approved'
      readonly version: string
      readonly because: 'judged' | 'ordered' | 'leased' | 'already-live' | 'report-mode'
    }
  | { readonly kind: 'waits'; readonly version: string; readonly reason: PromotionReason }
  | { readonly kind: 'rejected'; readonly version: string; readonly reason: PromotionReason }

/** `run:ID:ATTEMPT:ENVIRONMENT`: an attempt is answered once for each environment. */
export function runKey({ runId, environment }: RunRef, { attempt }: Pick<RunFacts, 'attempt'>): string {
  return `run:${runId}:${attempt}:${environment}`
}
