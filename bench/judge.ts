import { planPull } from '../src/plan/plan-pull.ts'
import { aPull, check, commit, withChecks } from '../test/rules/a-pull.ts'
import { percentiles } from './percentiles.ts'

/** Judging and planning (which judges) a pull request with 300 checks and 100 commits, all in memory. */
export async function benchJudge(): Promise<readonly string[]> {
  const checks = Array.from({ length: 300 }, (_, at) => check('success', { id: at, name: `check ${at}` }))
  const commits = Array.from({ length: 100 }, (_, at) => commit({ sha: String(at).padStart(40, '0') }))
  const snapshot = aPull({ ...withChecks(...checks), commits: { kind: 'found', value: commits } })
  const times: number[] = []
  for (let at = 0; at < 4000; at++) {
    const begun = performance.now()
    planPull(snapshot)
    if (at >= 1000) times.push(performance.now() - begun)
  }
  return [`${percentiles(times, 3)}  judge and plan 300 checks and 100 commits (goal: 1 ms at the 99th)`]
}
