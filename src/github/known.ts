import type { Account } from '../model/account.ts'
import type { Lookup } from '../model/lookup.ts'
import type { Push } from '../model/push.ts'
import type { Reverted } from '../model/reverted.ts'

/** Answers that do not change (they are asked for by sha) or may be a process old; all can be asked for again. */
export type Known = {
  /** By repository and e-mail. */
  readonly accounts: Map<string, Account>
  /** The unknown ones of a list of approvers, by the list. */
  readonly approvers: Map<string, readonly string[]>
  /** Whether a pull request touches the configuration, by repository, base and head. */
  readonly touched: Map<string, boolean>
  /** By repository and the three commits. */
  readonly comparisons: Map<string, Lookup<boolean>>
  /** By repository, merged pull request and the head that may undo it. */
  readonly reverts: Map<string, Lookup<Reverted>>
  /** By repository and branch: when the configuration came (ms, UTC). */
  readonly adoptions: Map<string, number>
  /** By repository: how much of it GitHub could show on one page. */
  readonly pageSizes: Map<string, number>
  /** By repository, whose they are, and the head they were read for. */
  readonly pushes: Map<string, Lookup<readonly Push[]>>
}

export function nothingKnown(): Known {
  return {
    accounts: new Map(),
    touched: new Map(),
    approvers: new Map(),
    comparisons: new Map(),
    reverts: new Map(),
    adoptions: new Map(),
    pageSizes: new Map(),
    pushes: new Map(),
  }
}

/** Entries kept of one kind; a few hundred bytes each. */
const most = 5000

/** Keeps an answer, and drops the oldest where there are too many. */
export function keep<T>(map: Map<string, T>, key: string, value: T, limit: number = most): void {
  const oldest = map.size >= limit ? map.keys().next() : null
  if (oldest !== null && oldest.done !== true) map.delete(oldest.value)
  map.set(key, value)
}
