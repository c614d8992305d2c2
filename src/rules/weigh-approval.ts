import { type Comparison, comparisonKey } from '../model/comparison.ts'
import type { Config } from '../model/config-schema.ts'
import type { Lookup } from '../model/lookup.ts'
import type { PullSnapshot, Review } from '../model/pull.ts'
import type { Reason } from '../model/reason.ts'
import type { UncountedReview } from '../model/uncounted-review.ts'
import { type Authorship, partOf } from '../model/writers.ts'
import { approverStanding } from './approver-standing.ts'

/** What one approval is worth. `asks`: it would count if all these comparisons said that nothing changed. */
export type Weight =
  | { readonly kind: 'counts' }
  | { readonly kind: 'ignored'; readonly because: UncountedReview['because']; readonly sha: string | null }
  | { readonly kind: 'unread'; readonly reason: Reason }
  | { readonly kind: 'asks'; readonly comparisons: readonly Comparison[] }

type On = {
  readonly facts: Pick<PullSnapshot, 'pull' | 'members' | 'comparisons'>
  readonly authorship: Authorship
  readonly config: Config
}

/** Does this approval count: of somebody who wrote nothing of it, may write and may approve, for this very change? */
export function weighApproval(review: Review, { facts, authorship, config }: On): Weight {
  const { author } = review
  if (author === null) return ignored('no-write-access', review.sha)
  if (author.kind === 'bot') return ignored('bot', null)
  const part = partOf(author, authorship)
  if (part.kind === 'wrote') return ignored(part.as, part.sha)
  if (!review.mayWrite) return ignored('no-write-access', null)
  const standing = approverStanding(config.merge.approvers, author, facts.members)
  if (standing.kind === 'none') return ignored('not-an-approver', null)
  if (standing.kind === 'another') return ignored('other-account', null)
  if (review.takenBack !== null) return ignored(review.takenBack, null)
  if (part.kind === 'unread') return unread({ kind: 'commits-unreadable', cause: part.cause })
  const current = weighHead(review, facts)
  if (current.kind === 'ignored' || current.kind === 'unread') return current
  if (standing.kind === 'unread') {
    return unread({ kind: 'team-unreadable', team: standing.team, cause: standing.cause })
  }
  const asks = [
    ...(part.kind === 'asks' ? part.comparisons : []),
    ...(current.kind === 'asks' ? current.comparisons : []),
  ]
  return asks.length > 0 ? { kind: 'asks', comparisons: asks } : { kind: 'counts' }
}

/** It was given for this head, or for an older one with the same change. */
function weighHead(review: Review, { pull, comparisons }: On['facts']): Weight {
  if (review.sha === pull.headSha) return { kind: 'counts' }
  if (review.sha === null) return ignored('outdated', null)
  const comparison = { base: pull.baseSha, before: review.sha, after: pull.headSha }
  const same: Lookup<boolean> | undefined = comparisons.get(comparisonKey(comparison))
  if (same === undefined) return { kind: 'asks', comparisons: [comparison] }
  if (same.kind === 'unknown') return unread({ kind: 'commits-unreadable', cause: same.cause })
  return same.kind === 'found' && same.value ? { kind: 'counts' } : ignored('outdated', review.sha)
}

function ignored(because: UncountedReview['because'], sha: string | null): Weight {
  return { kind: 'ignored', because, sha }
}

function unread(reason: Reason): Weight {
  return { kind: 'unread', reason }
}
