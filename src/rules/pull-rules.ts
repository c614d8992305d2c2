import type { Config } from '../model/config-schema.ts'
import { durationOf } from '../model/duration.ts'
import type { PullSnapshot } from '../model/pull.ts'
import type { Answer, RuleName } from '../model/verdict.ts'
import { approved } from './approved.ts'
import { branchNamesIssue } from './branch-names-issue.ts'
import { changeOfPull } from './change-facts.ts'
import { judgeChecks } from './checks-pass.ts'
import { issueIsReady } from './issue-is-ready.ts'
import { mergeable } from './mergeable.ts'
import { readyForReview } from './ready-for-review.ts'

type PullRule = { readonly rule: RuleName; readonly judge: (snapshot: PullSnapshot, config: Config) => Answer }

/** The rules of a pull request, in the order people read them. */
export const pullRules: readonly PullRule[] = [
  { rule: 'branch-names-issue', judge: (snapshot, config) => branchNamesIssue(changeOfPull(snapshot), config) },
  { rule: 'issue-is-ready', judge: (snapshot, config) => issueIsReady(changeOfPull(snapshot), config) },
  { rule: 'approved', judge: approved },
  { rule: 'checks-pass', judge: checksPass },
  { rule: 'ready-for-review', judge: readyForReview },
  { rule: 'mergeable', judge: mergeable },
]

function checksPass(snapshot: PullSnapshot, config: Config): Answer {
  const { merge } = config
  return judgeChecks(snapshot.checks, {
    wanted: merge.checks,
    settleUntil: snapshot.headSeenAt + durationOf(merge.settle),
    now: snapshot.now,
    neutral: merge.neutral,
    skipped: merge.skipped,
    ignore: merge['ignore-checks'],
  })
}
