import type { PullSnapshot } from '../model/pull.ts'
import { code } from './inert.ts'

/** GitHub takes a moment to see that a check has passed (ms). */
const lag = 60_000

/** What GitHub itself still asks for although Waybill's gate passes, as one sentence; null where it asks for nothing. */
export function stillAsked({ pull, posted, now, wantsResolution }: PullSnapshot): string | null {
  const newest = posted.filter((run) => run.name === 'waybill/gate').toSorted((a, b) => b.runId - a.runId)[0]
  const hasPassed = newest?.conclusion === 'success' && newest.startedAt !== null && now - newest.startedAt > lag
  const isTalkAsked = wantsResolution && pull.unresolved > 0
  const asked = [
    ...(pull.reviewDecision === 'review-required'
      ? ["for a review that a rule of the branch requires: a code owner's, or one more approval"]
      : []),
    ...(pull.reviewDecision === 'changes-requested' ? ['that whoever requested changes approves'] : []),
    ...(pull.mergeState === 'behind' ? [`that the branch be up to date with ${code(pull.base)}`] : []),
    ...(isTalkAsked ? ['that the conversations still open be resolved'] : []),
    ...(pull.mergeState === 'blocked' && hasPassed && !isReviewAsked(pull.reviewDecision) && !isTalkAsked
      ? [`for something else: ${elseAsked(pull.unresolved)}; the box at the end of the pull request names it`]
      : []),
  ]
  return asked.length === 0 ? null : `GitHub itself still asks ${asked.join(', and ')}.`
}

function isReviewAsked(decision: PullSnapshot['pull']['reviewDecision']): boolean {
  return decision === 'review-required' || decision === 'changes-requested'
}

/** Classic protection tells nobody but administrators that it wants conversations resolved. */
function elseAsked(unresolved: number): string {
  return unresolved === 0
    ? 'a deployment or a signed commit'
    : 'a conversation that is still open, a deployment or a signed commit'
}
