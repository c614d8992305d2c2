import type { Review } from './pull.ts'

/** What happened to a pull request that bears on its reviews. */
export type TimelineItem =
  | { readonly kind: 'review'; readonly review: Omit<Review, 'takenBack'> }
  /** Somebody was asked for a review, by account id. */
  | { readonly kind: 'asked'; readonly reviewerId: number }
  | { readonly kind: 'dismissed'; readonly reviewId: number }
  | { readonly kind: 'base-changed'; readonly from: string }

/**
 * The reviews in a timeline (oldest first) of a pull request that now goes into `base`. Asking a reviewer again takes
 * back what they approved before, and so does another base than the one they approved it for.
 */
export function reviewsIn(timeline: readonly TimelineItem[], base: string): readonly Review[] {
  const asked = new Set<number>()
  const dismissed = new Set<number>()
  const reviews: Review[] = []
  let baseThen = base
  for (const item of timeline.toReversed()) {
    switch (item.kind) {
      case 'asked':
        asked.add(item.reviewerId)
        break
      case 'dismissed':
        dismissed.add(item.reviewId)
        break
      case 'base-changed':
        baseThen = item.from
        break
      case 'review': {
        const { review } = item
        const again = review.author !== null && asked.has(review.author.id)
        const takenBack = again ? 'asked-again' : baseThen === base ? null : 'base-changed'
        reviews.push({ ...review, state: dismissed.has(review.id) ? 'dismissed' : review.state, takenBack })
      }
    }
  }
  return reviews.toReversed()
}
