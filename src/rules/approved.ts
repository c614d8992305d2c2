import type { Comparison } from '../model/comparison.ts'
import type { Config } from '../model/config-schema.ts'
import type { Implementers } from '../model/implementers.ts'
import type { PullSnapshot, Review } from '../model/pull.ts'
import type { Reason } from '../model/reason.ts'
import type { UncountedReview } from '../model/uncounted-review.ts'
import type { Answer } from '../model/verdict.ts'
import { type Authorship, writersOf } from '../model/writers.ts'
import { approversLeft } from './approvers-left.ts'
import { decisiveReviews } from './decisive-reviews.ts'
import { shownPeople } from './is-listed.ts'
import { weighApproval } from './weigh-approval.ts'

export type ApprovalFacts = Pick<
  PullSnapshot,
  'pull' | 'commits' | 'reviews' | 'members' | 'pushes' | 'comparisons' | 'noApprovers'
>

/** Something that must be read before the approvals can be enough. */
export type OpenQuestion =
  | { readonly kind: 'pushes' }
  | { readonly kind: 'comparison'; readonly comparison: Comparison }

/**
 * Did enough people who wrote none of it approve exactly this change? An open change request by somebody who may write
 * blocks, however many approved.
 */
export function approved(facts: ApprovalFacts, config: Config): Answer {
  return judge(facts, config).answer
}

/** What is worth reading now: only what would make an approval count, or might take one away that is enough. */
export function questionsAboutApprovals(facts: ApprovalFacts, config: Config): readonly OpenQuestion[] {
  return judge(facts, config).questions
}

type Judged = { readonly answer: Answer; readonly questions: readonly OpenQuestion[] }

function judge(facts: ApprovalFacts, config: Config): Judged {
  const { pull, reviews, commits, pushes, comparisons } = facts
  if (reviews.kind !== 'found') {
    const cause = reviews.kind === 'unknown' ? reviews.cause : 'GitHub gave no list'
    return waits({ kind: 'reviews-unreadable', cause })
  }
  const decisive = decisiveReviews(reviews.value)
  const asked = decisive.filter((review) => review.state === 'changes_requested')
  const holding = asked.filter((review) => review.mayWrite).map(loginOf)
  if (holding.length > 0) return settled({ kind: 'blocks', reason: { kind: 'changes-requested', by: holding } })
  const shown = asked.map((review) => uncounted(review, { because: 'no-write-access', sha: review.sha }))
  if (config.merge.approvals === 0) {
    return settled({ kind: 'skips', note: { kind: 'no-approval-needed', ignored: shown } })
  }
  if (commits.kind === 'absent') return waits({ kind: 'commits-unlisted' })
  if (commits.kind === 'unknown') return waits({ kind: 'commits-unreadable', cause: commits.cause })
  const authorship: Authorship = {
    author: pull.author,
    assignees: pull.assignees,
    commits: commits.value,
    pushes: pushes?.kind === 'found' ? pushes.value : [],
    comparisons,
  }
  const wrote = writersOf(authorship)
  if (wrote.unknown.length > 0 && config.merge['unknown-authors'] === 'block') {
    return waits({ kind: 'author-unknown', commits: wrote.unknown })
  }
  const approvals = decisive.filter((review) => review.state === 'approved')
  return count(facts, config, { approvals, authorship, wrote, shown })
}

type Counting = {
  readonly approvals: readonly Review[]
  readonly authorship: Authorship
  readonly wrote: Implementers
  readonly shown: readonly UncountedReview[]
}

function count(facts: ApprovalFacts, config: Config, { approvals, authorship, wrote, shown }: Counting): Judged {
  const given: string[] = []
  const ignored: UncountedReview[] = [...shown]
  const comparisons: Comparison[] = []
  let unread: Reason | null = null
  for (const review of approvals) {
    const weight = weighApproval(review, { facts, authorship, config })
    if (weight.kind === 'counts') given.push(loginOf(review))
    else if (weight.kind === 'ignored') ignored.push(uncounted(review, weight))
    else if (weight.kind === 'unread') unread = weight.reason
    else {
      ignored.push(uncounted(review, { because: 'outdated', sha: review.sha }))
      comparisons.push(...weight.comparisons)
    }
  }
  const { approvals: wanted, approvers } = config.merge
  const named: readonly string[] = typeof approvers === 'string' ? [] : approvers
  if (given.length >= wanted) return enough(facts, { by: given, ignored, unknown: wrote.unknown })
  const questions = comparisons.map((comparison) => ({ kind: 'comparison' as const, comparison }))
  if (unread !== null) return { ...waits(unread), questions }
  const missing = {
    ...{ wanted, given, approvers: shownPeople(approvers), uncounted: ignored },
    nobody: facts.noApprovers.filter((name) => named.includes(name)),
    canBe: approversLeft(approvers, { wrote, members: facts.members }) >= wanted,
  }
  return { ...waits({ kind: 'approvals-missing', ...missing }), questions }
}

type Enough = {
  readonly by: readonly string[]
  readonly ignored: readonly UncountedReview[]
  readonly unknown: Implementers['unknown']
}

/** Enough, unless one of them pushed part of it. Of a branch that GitHub keeps no list of (absent), nobody can tell. */
function enough({ pushes }: ApprovalFacts, { by, ignored, unknown }: Enough): Judged {
  if (pushes === null) {
    return {
      ...waits({ kind: 'commits-unreadable', cause: 'who pushed them was not read' }),
      questions: [{ kind: 'pushes' }],
    }
  }
  if (pushes.kind === 'unknown') return waits({ kind: 'commits-unreadable', cause: pushes.cause })
  return settled({ kind: 'passes', note: { kind: 'approved-by', by, ignored, unknown } })
}

function uncounted(review: Review, why: Pick<UncountedReview, 'because' | 'sha'>): UncountedReview {
  const says = review.state === 'changes_requested' ? 'changes_requested' : 'approved'
  return { login: loginOf(review), says, because: why.because, sha: why.sha }
}

function loginOf(review: Review): string {
  return review.author?.login ?? 'a deleted account'
}

function waits(reason: Reason): Judged {
  return settled({ kind: 'waits', reason })
}

function settled(answer: Answer): Judged {
  return { answer, questions: [] }
}
