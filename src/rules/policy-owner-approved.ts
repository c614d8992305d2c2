import type { Config } from '../model/config-schema.ts'
import type { PullSnapshot } from '../model/pull.ts'
import type { Answer } from '../model/verdict.ts'
import { type ApprovalFacts, approved } from './approved.ts'

/** Whether the configuration has owners who must be asked: only where a pull request touches it. */
export function asksPolicyOwners({ proposal }: Pick<PullSnapshot, 'proposal'>, config: Config): boolean {
  return proposal !== null && config['policy-owners'].length > 0
}

/** The same configuration with the owners as the only approvers, and one of them enough. */
export function byOwners(config: Config): Config {
  return { ...config, merge: { ...config.merge, approvals: 1, approvers: config['policy-owners'] } }
}

/** Did one of the policy's owners, who wrote none of it, approve exactly this change? */
export function policyOwnerApproved(facts: ApprovalFacts, config: Config): Answer {
  const answer = approved(facts, byOwners(config))
  if (answer.kind === 'passes' && answer.note.kind === 'approved-by') {
    return { kind: 'passes', note: { kind: 'policy-owner-approved', by: answer.note.by } }
  }
  if (answer.kind !== 'waits' || answer.reason.kind !== 'approvals-missing') return answer
  const { uncounted, nobody, canBe } = answer.reason
  const ofOwners = uncounted.filter(({ because }) => because !== 'not-an-approver')
  const owners = config['policy-owners']
  return { kind: 'waits', reason: { kind: 'policy-owner-missing', owners, uncounted: ofOwners, nobody, canBe } }
}
