import { planPull } from '../src/plan/plan-pull.ts'
import { aPull, check, commit, withChecks } from '../test/rules/a-pull.ts'
import { percentiles } from './percentiles.ts'
import { atMost, type Measured, without } from './row.ts'

const rounds = 60
const inRound = 100

/**
 * Judging and planning (which judges) a pull request with 300 checks and 100 commits, all in memory: over all rounds, and
 * in the round least disturbed by whatever else the machine does. All samples after the warm-up count; the processor time
 * is what it costs where others use the machine too.
 */
export async function benchJudge(): Promise<Measured> {
  const checks = Array.from({ length: 300 }, (_, at) => check('success', { id: at, name: `check ${at}` }))
  const commits = Array.from({ length: 100 }, (_, at) => commit({ sha: String(at).padStart(40, '0') }))
  const snapshot = aPull({ ...withChecks(...checks), commits: { kind: 'found', value: commits } })
  const round = () => Array.from({ length: inRound }, () => timeOf(() => planPull(snapshot)))
  for (let warm = 0; warm < 4; warm++) round()
  const before = process.cpuUsage()
  const times = Array.from({ length: rounds }, round)
  const { user, system } = process.cpuUsage(before)
  const [quietest = []] = times.toSorted((a, b) => tail(a) - tail(b))
  return [
    without('judge and plan 300 checks and 100 commits, 50th, 95th, 99th', percentiles(times.flat(), 3)),
    atMost(`the same at the 99th in the quietest of ${rounds} rounds of ${inRound}`, tail(quietest), {
      goal: 1,
      unit: ' ms',
      digits: 2,
    }),
    `${((user + system) / 1000 / rounds / inRound).toFixed(3)} ms of processor time each, on average, the collection of garbage with it`,
  ]
}

function timeOf(run: () => unknown): number {
  const begun = performance.now()
  run()
  return performance.now() - begun
}

/** The 99th percentile (ms), by nearest rank. */
function tail(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.99) - 1] ?? 0
}
