import type { Review } from '../model/pull.ts'

/**
 * The review of each reviewer that decides: the newest that is not a mere comment. A dismissed one decides too (nothing:
 * there is no falling back to an earlier one). Order of the list does not matter; answers come by the reviewer's name.
 */
export function decisiveReviews(reviews: readonly Review[]): readonly Review[] {
  const newest = new Map<string, Review>()
  for (const review of reviews) {
    if (review.state === 'commented') continue
    const reviewer = review.author === null ? `review ${review.id}` : `account ${review.author.id}`
    const known = newest.get(reviewer)
    if (known === undefined || isNewer(review, known)) newest.set(reviewer, review)
  }
  return [...newest.values()].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : a.id - b.id))
}

function isNewer(a: Review, b: Review): boolean {
  return a.at === b.at ? a.id > b.id : a.at > b.at
}

function nameOf(review: Review): string {
  return review.author?.login ?? ''
}
