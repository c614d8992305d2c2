import type { Config } from '../model/config-schema.ts'
import type { PullSnapshot } from '../model/pull.ts'
import type { Answer, RuleName } from '../model/verdict.ts'
import { approved } from './approved.ts'
import { branchNamesIssue } from './branch-names-issue.ts'
import { changeOfPull } from './change-facts.ts'
import { issueIsReady } from './issue-is-ready.ts'
import { lineIsGreen } from './line-is-green.ts'
import { mergeable } from './mergeable.ts'
import { asksPolicyOwners, policyOwnerApproved } from './policy-owner-approved.ts'
import { pullChecksPass } from './pull-checks-pass.ts'
import { readyForReview } from './ready-for-review.ts'

/** The rules that concern a pull request: whoever leaves the policy alone hears nothing of its owners. */
export function rulesFor(snapshot: PullSnapshot, config: Config): readonly PullRule[] {
  const asksOwners = asksPolicyOwners(snapshot, config)
  return pullRules.filter(({ rule }) => rule !== 'policy-owner-approved' || asksOwners)
}

type PullRule = {
  readonly rule: RuleName
  readonly judge: (snapshot: PullSnapshot, config: Config) => Answer
  /** Asked only where all others pass, so that what it says changes no other answer. */
  readonly last?: true
}

/** The rules of a pull request, in the order people read them. */
const pullRules: readonly PullRule[] = [
  { rule: 'branch-names-issue', judge: (snapshot, config) => branchNamesIssue(changeOfPull(snapshot), config) },
  { rule: 'issue-is-ready', judge: (snapshot, config) => issueIsReady(changeOfPull(snapshot), config) },
  { rule: 'approved', judge: approved },
  { rule: 'policy-owner-approved', judge: policyOwnerApproved },
  { rule: 'checks-pass', judge: pullChecksPass },
  { rule: 'ready-for-review', judge: readyForReview },
  { rule: 'mergeable', judge: mergeable },
  { rule: 'line-is-green', judge: lineIsGreen, last: true },
]
