import type { Config } from '../model/config-schema.ts'
import { type Implementers, implementersOf } from '../model/implementers.ts'
import type { PullFacts, Review } from '../model/pull.ts'
import type { Answer, Reason, UncountedReview } from '../model/verdict.ts'
import { approverStanding } from './approver-standing.ts'
import { decisiveReviews } from './decisive-reviews.ts'

export type ApprovalFacts = Pick<PullFacts, 'pull' | 'commits' | 'reviews' | 'members'>

/**
 * Did enough people who wrote none of it approve exactly this head? An open change request by somebody who may write
 * blocks, however many approved.
 */
export function approved(facts: ApprovalFacts, config: Config): Answer {
  const { reviews, commits } = facts
  if (reviews.kind !== 'found') return waits({ kind: 'reviews-unreadable', cause: causeOf(reviews) })
  const decisive = decisiveReviews(reviews.value)
  const asked = decisive.filter((review) => review.state === 'changes_requested')
  const holding = asked.filter((review) => review.mayWrite).map(loginOf)
  if (holding.length > 0) return { kind: 'blocks', reason: { kind: 'changes-requested', by: holding } }
  const shown = asked.map((review) => uncounted(review, 'no-write-access', review.sha))
  if (config.merge.approvals === 0) return { kind: 'skips', note: { kind: 'no-approval-needed', ignored: shown } }
  if (commits.kind !== 'found') return waits({ kind: 'commits-unreadable', cause: causeOf(commits) })
  const { author, assignees } = facts.pull
  const wrote = implementersOf({ author, assignees, commits: commits.value })
  if (wrote.unknown.length > 0 && config.merge['unknown-authors'] === 'block') {
    return waits({ kind: 'author-unknown', commits: wrote.unknown })
  }
  return count(facts, config, { approvals: decisive.filter((one) => one.state === 'approved'), wrote, shown })
}

type Counting = {
  readonly approvals: readonly Review[]
  readonly wrote: Implementers
  readonly shown: readonly UncountedReview[]
}

function count(facts: ApprovalFacts, config: Config, { approvals, wrote, shown }: Counting): Answer {
  const given: string[] = []
  const ignored: UncountedReview[] = [...shown]
  let unread: Reason | null = null
  for (const review of approvals) {
    const flaw = flawOf(review, facts, wrote)
    if (flaw !== null) {
      ignored.push(flaw)
      continue
    }
    const standing = approverStanding(config.merge.approvers, review.author, facts.members)
    if (standing.kind === 'approver') given.push(loginOf(review))
    else if (standing.kind === 'none') ignored.push(uncounted(review, 'not-an-approver', null))
    else unread = { kind: 'team-unreadable', team: standing.team, cause: standing.cause }
  }
  const wanted = config.merge.approvals
  if (given.length >= wanted) {
    return { kind: 'passes', note: { kind: 'approved-by', by: given, ignored, unknown: wrote.unknown } }
  }
  if (unread !== null) return waits(unread)
  const { approvers } = config.merge
  const who = typeof approvers === 'string' ? approvers : approvers.join(', ')
  return waits({ kind: 'approvals-missing', wanted, given, approvers: who, uncounted: ignored })
}

/** Why an approval does not count, whoever may approve here. */
function flawOf(review: Review, { pull }: ApprovalFacts, wrote: Implementers): UncountedReview | null {
  const { author } = review
  if (author === null) return uncounted(review, 'no-write-access', review.sha)
  if (author.kind === 'bot') return uncounted(review, 'bot', null)
  const own = wrote.known.find((implementer) => implementer.account.id === author.id)
  if (own !== undefined) return uncounted(review, own.as, own.sha)
  if (!review.mayWrite) return uncounted(review, 'no-write-access', null)
  return review.sha === pull.headSha ? null : uncounted(review, 'outdated', review.sha)
}

function uncounted(review: Review, because: UncountedReview['because'], sha: string | null): UncountedReview {
  const says = review.state === 'changes_requested' ? 'changes_requested' : 'approved'
  return { login: loginOf(review), says, because, sha }
}

function loginOf(review: Review): string {
  return review.author?.login ?? 'a deleted account'
}

function causeOf(lookup: { readonly kind: 'absent' } | { readonly kind: 'unknown'; readonly cause: string }): string {
  return lookup.kind === 'unknown' ? lookup.cause : 'GitHub gave no list'
}

function waits(reason: Reason): Answer {
  return { kind: 'waits', reason }
}
