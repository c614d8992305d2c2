import type { Ref, Repository } from '../../model/ref.ts'
import type { Expected } from './inbox.ts'
import type { Pass } from './writes.ts'

/** The durable queue: one pass at a time per subject, hints merge. */
export type Queue = {
  hint(ref: Ref): Promise<void>
  /** The same for many, of one repository. */
  hintAll(refs: readonly Ref[]): Promise<void>
  /** Look again not before `at` (ms, UTC); an earlier pass that begins after now makes it unnecessary. */
  remind(ref: Ref, at: number): Promise<void>
  /**
   * What this pass saw, and what it awaits: news of what it saw is none, and of a check that is awaited it decides
   * nothing while there are others on its commit. What came while the pass was reading is heard now.
   */
  expect(ref: Ref, pass: Pass, expected: Expected): Promise<void>
  /** Something is waiting for Jira in this repository. */
  hintOutbox(repository: Repository): Promise<void>
  /** What waits for Jira may be sent from `at` on (ms, UTC). */
  remindOutbox(repository: Repository, at: number): Promise<void>
}

/** What the queue calls. A handler that rejects is tried again with growing pauses, then parked until a new hint. */
export type Work = {
  pass(ref: Ref): Promise<void>
  outbox(repository: Repository): Promise<void>
  /** Whatever something came to in an installation; null: in all of them. */
  sweep(installation: number | null): Promise<void>
}
