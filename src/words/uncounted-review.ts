import type { UncountedReview } from '../model/uncounted-review.ts'
import { code, inert } from './inert.ts'

/** Why a review does not count, as one sentence of Markdown. */
export function uncountedSentence(review: UncountedReview): string {
  const says = review.says === 'approved' ? 'approval' : 'request for changes'
  return `The ${says} of ${inert(review.login)} does not count: ${whyOf(review)}.`
}

function whyOf({ because, sha }: UncountedReview): string {
  const commit = sha === null ? 'an earlier commit' : code(sha.slice(0, 7))
  switch (because) {
    case 'author':
      return 'it is their own pull request'
    case 'commit-author':
      return `they wrote ${commit}`
    case 'committer':
      return `they committed ${commit}`
    case 'co-author':
      return `they are a co-author of ${commit} (an accepted suggestion makes one)`
    case 'assignee-of-bot':
      return "they are assigned to a bot's pull request and answer for it"
    case 'pusher':
      return 'they pushed to its branch'
    case 'bot':
      return 'they are a bot'
    case 'no-write-access':
      return 'they may not write to this repository'
    case 'not-an-approver':
      return 'they are not among the approvers'
    case 'other-account':
      return 'the configuration means another account by this login, the one that had it before'
    case 'outdated':
      return `it is outdated, given for ${commit}`
    case 'asked-again':
      return 'they were asked for a review again since'
    case 'base-changed':
      return 'it was given while the pull request went into another branch'
  }
}
