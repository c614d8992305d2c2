import type { Config } from '../model/config-schema.ts'
import { durationOf } from '../model/duration.ts'
import type { Change } from '../model/history.ts'
import { found } from '../model/lookup.ts'
import type { Answer } from '../model/verdict.ts'
import { judgeChecks } from './checks-pass.ts'

/** Did everything that reported on the merge commit come out green? With `all`, nothing reported yet waits. */
export function mergeIsGreen(change: Change, config: Config, now: number): Answer {
  const commit = change.commits.at(-1)
  const release = config.release
  if (commit === undefined || release === undefined) return { kind: 'skips', note: { kind: 'no-checks-needed' } }
  return judgeChecks(commit.checks, {
    wanted: release.checks,
    // What GitHub requires, it requires of pull requests: on the line everything that reports counts.
    required: found([]),
    settleUntil: commit.committedAt + durationOf(config.merge.settle),
    silentAfter: commit.committedAt + durationOf(config.merge['report-within']),
    event: 'push',
    now,
    neutral: config.merge.neutral,
    skipped: config.merge.skipped,
    ignore: config.merge['ignore-checks'],
  })
}
