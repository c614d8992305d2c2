import type { Config } from '../model/config-schema.ts'
import { durationOf } from '../model/duration.ts'
import { found } from '../model/lookup.ts'
import type { PullSnapshot } from '../model/pull.ts'
import type { Answer } from '../model/verdict.ts'
import { judgeChecks } from './checks-pass.ts'
import { judgingConfig } from './judging-config.ts'

/** Are the checks of a pull request's head green? */
export function pullChecksPass(snapshot: PullSnapshot, { merge }: Config): Answer {
  return judgeChecks(snapshot.checks, {
    wanted: merge.checks,
    required: snapshot.required,
    settleUntil: snapshot.headSeenAt + durationOf(merge.settle),
    silentAfter: firstSaidAt(snapshot) + durationOf(merge['report-within']),
    event: 'pull_request',
    now: snapshot.now,
    neutral: merge.neutral,
    skipped: merge.skipped,
    ignore: merge['ignore-checks'],
  })
}

/** Whether the answer may hang on what GitHub requires. A list of checks is all that counts; a no is a no without it. */
export function asksWhatIsRequired(snapshot: PullSnapshot): boolean {
  const config = judgingConfig(snapshot)
  if (config === null || snapshot.pull.state !== 'open') return false
  const { checks } = config.merge
  if (checks === 'required') return true
  return checks === 'all' && pullChecksPass({ ...snapshot, required: found([]) }, config).kind === 'passes'
}

/** When Waybill's own first check came to the head: from then on others are late. */
function firstSaidAt({ posted, headSeenAt }: PullSnapshot): number {
  return Math.min(headSeenAt, ...posted.flatMap((run) => run.startedAt ?? []))
}
