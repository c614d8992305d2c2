import type { Check } from '../../src/model/check.ts'
import { found } from '../../src/model/lookup.ts'
import type { QueueEntry, QueueSnapshot } from '../../src/model/merge-queue.ts'
import type { PullSnapshot } from '../../src/model/pull.ts'
import { aPull, check, configured, noon, pullRequest } from './a-pull.ts'

/** The merge queue of main with #12 and #13 in it, both good, and a green build on each group's head. */
export function aQueue(change: Partial<QueueSnapshot> = {}): QueueSnapshot {
  return {
    ref: { kind: 'queue', repository: aPull().ref.repository, branch: 'main' },
    config: configured(),
    entries: [entry(12), entry(13)],
    now: noon,
    members: new Map([12, 13].map((number) => [number, member(number)])),
    required: found([]),
    ...change,
  }
}

export function entry(pull: number, checks: readonly Check[] = [check()]): QueueEntry {
  return { pull, group: { sha: groupSha(pull), checks: found({ checks, suites: [] }), posted: [] } }
}

export function member(number: number, change: Partial<PullSnapshot> = {}): PullSnapshot {
  return aPull({ pull: pullRequest({ number }), ...change })
}

export function groupSha(pull: number): string {
  return String(pull).repeat(20)
}
