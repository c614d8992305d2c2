import type { Review } from '../model/pull.ts'
import type { TimelineItem } from '../model/timeline.ts'
import { child, childOrNull, connection, integer, type Json, text, time, timeOrNull, truth } from './json.ts'
import { parseActor } from './parse-account.ts'
import type { Page } from './parse-pull.ts'

/** A page of what bears on reviews (`WaybillTimeline`), oldest first; reviews not yet submitted are nobody's business. */
export function parseTimeline(pull: Json): Page<TimelineItem> {
  const { nodes, previous } = connection(pull, 'timelineItems')
  const said = nodes.filter((node) => node['__typename'] !== 'PullRequestReview' || node['state'] !== 'PENDING')
  const items = said.map(parseItem)
  return {
    items: items.flatMap((item) => item ?? []),
    more: previous,
    whole: items.every((item) => item !== undefined),
  }
}

/** Null for what bears on nobody (a team was asked), undefined for what this version does not know. */
function parseItem(json: Json): TimelineItem | null | undefined {
  switch (json['__typename']) {
    case 'PullRequestReview': {
      const review = parseReview(json)
      return review === null ? undefined : { kind: 'review', review }
    }
    case 'ReviewRequestedEvent': {
      const reviewer = childOrNull(json, 'requestedReviewer')
      const id = reviewer?.['databaseId']
      return typeof id === 'number' && reviewer?.['__typename'] !== 'Team' ? { kind: 'asked', reviewerId: id } : null
    }
    case 'ReviewDismissedEvent': {
      const review = childOrNull(json, 'review')
      return review === null ? null : { kind: 'dismissed', reviewId: integer(review, 'fullDatabaseId') }
    }
    case 'BaseRefChangedEvent':
      return { kind: 'base-changed', from: text(json, 'previousRefName') }
    // The base branch was merged and deleted, and GitHub put the pull request on the one below it.
    case 'AutomaticBaseChangeSucceededEvent':
      return { kind: 'base-changed', from: text(json, 'oldBase') }
    default:
      return undefined
  }
}

const reviewStates: Readonly<Record<string, Review['state']>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes_requested',
  COMMENTED: 'commented',
  DISMISSED: 'dismissed',
}

/** Null for a state this version does not know: it might be one that blocks. */
function parseReview(json: Json): Omit<Review, 'takenBack'> | null {
  const state = reviewStates[text(json, 'state')]
  if (state === undefined) return null
  const commit = json['commit'] === null ? null : child(json, 'commit')
  return {
    id: integer(json, 'fullDatabaseId'),
    author: parseActor(json, 'author'),
    state,
    sha: commit === null ? null : text(commit, 'oid'),
    at: timeOrNull(json, 'submittedAt') ?? time(json, 'createdAt'),
    mayWrite: truth(json, 'authorCanPushToRepository'),
  }
}
