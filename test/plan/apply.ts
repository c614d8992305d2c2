import type { PostedCheck } from '../../src/model/check.ts'
import type { Effect } from '../../src/model/effect.ts'
import type { PullSnapshot } from '../../src/model/pull.ts'

/** What the next read shows after a plan was carried out: the check runs as GitHub keeps them. */
export function postedAfter(posted: readonly PostedCheck[], plan: readonly Effect[]): readonly PostedCheck[] {
  return plan.reduce<readonly PostedCheck[]>((runs, effect) => {
    if (effect.kind !== 'post-check') return runs
    const { name, onto, fingerprint, answer } = effect
    const runId = onto.kind === 'update' ? onto.runId : Math.max(500, ...runs.map((run) => run.runId)) + 1
    const conclusion = answer.status === 'in_progress' ? null : answer.status
    const run = { name, runId, completed: conclusion !== null, conclusion, startedAt: null, fingerprint }
    return [run, ...runs.filter((one) => one.runId !== runId)]
  }, posted)
}

export function apply(snapshot: PullSnapshot, plan: readonly Effect[]): PullSnapshot {
  const remembered = plan.filter((effect) => effect.kind === 'remember-verified')
  return {
    ...snapshot,
    posted: postedAfter(snapshot.posted, plan),
    verified: new Map([...snapshot.verified, ...remembered.map(({ key, at }) => [key, at] as const)]),
    types: new Map([...snapshot.types, ...remembered.map(({ key, type }) => [key, type] as const)]),
  }
}
