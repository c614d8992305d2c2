import type { Config } from '../model/config-schema.ts'
import { durationOf } from '../model/duration.ts'
import type { Change } from '../model/history.ts'
import type { LineSnapshot } from '../model/line.ts'
import { found } from '../model/lookup.ts'
import type { Answer } from '../model/verdict.ts'
import { judgeChecks } from './checks-pass.ts'

/**
 * Did everything that reported on the merge commit come out green? With `all`, nothing reported yet waits. What GitHub
 * requires, it requires of pull requests, so here it counts only where `required` asks for it.
 */
export function mergeIsGreen(
  change: Change,
  { line, config }: { readonly line: Pick<LineSnapshot, 'now' | 'required'>; readonly config: Config },
): Answer {
  const commit = change.commits.at(-1)
  if (commit === undefined) return { kind: 'skips', note: { kind: 'no-checks-needed' } }
  const wanted = config.release?.checks ?? 'all'
  return judgeChecks(commit.checks, {
    wanted,
    required: wanted === 'required' ? line.required : found([]),
    settleUntil: mergedAt(change) + durationOf(config.merge.settle),
    silentAfter: mergedAt(change) + durationOf(config.merge['report-within']),
    event: 'push',
    now: line.now,
    neutral: config.merge.neutral,
    skipped: config.merge.skipped,
    ignore: config.merge['ignore-checks'],
  })
}

/** When a change came to the line (ms, UTC): GitHub's word for a pull request, the commit's own for a direct push. */
export function mergedAt(change: Change): number {
  return change.pull?.mergedAt ?? change.commits.at(-1)?.committedAt ?? 0
}
