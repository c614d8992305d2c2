import {
  actorFragment,
  checksFragment,
  commitFragment,
  configurationFragment,
  mailmapFragment,
  organisationPart,
  signatureFragment,
} from './fragments.ts'
import { sameHeadFragment } from './read-same-head.ts'

const pagesFragment = `
fragment WaybillCommits on PullRequestCommitConnection {
  totalCount
  nodes { commit { ...WaybillCommit } }
  pageInfo { hasNextPage endCursor }
}
fragment WaybillTimeline on PullRequestTimelineItemsConnection {
  nodes {
    __typename
    ... on PullRequestReview {
      fullDatabaseId state submittedAt createdAt authorCanPushToRepository author { ...WaybillActor } commit { oid }
    }
    ... on ReviewRequestedEvent { requestedReviewer { __typename ... on User { databaseId } } }
    ... on ReviewDismissedEvent { review { fullDatabaseId } }
    ... on BaseRefChangedEvent { previousRefName }
    ... on AutomaticBaseChangeSucceededEvent { oldBase }
  }
  pageInfo { hasPreviousPage startCursor }
}`

/** Whatever bears on reviews, in one list that has their order. */
const itemTypes = `itemTypes: [
        PULL_REQUEST_REVIEW, REVIEW_REQUESTED_EVENT, REVIEW_DISMISSED_EVENT, BASE_REF_CHANGED_EVENT,
        AUTOMATIC_BASE_CHANGE_SUCCEEDED_EVENT
      ]`

const headFragment = `
fragment WaybillHead on Commit {
  __typename
  oid
  ...WaybillConfiguration
  ...WaybillChecks
  associatedPullRequests(first: 50) { ...WaybillPullsThere }
}
${sameHeadFragment}`

/** Everything the gate of one pull request needs, its base's configuration included. */
export const pullQuery = `
query WaybillPull($owner: String!, $name: String!, $number: Int!) {
  ${organisationPart}
  repository(owner: $owner, name: $name) {
    databaseId
    url
    defaultBranchRef { name target { __typename oid ...WaybillConfiguration } }
    pullRequest(number: $number) {
      number title url state isDraft mergeable mergeStateStatus reviewDecision createdAt updatedAt
      baseRefName baseRefOid headRefName headRefOid isCrossRepository
      author { ...WaybillActor }
      headRef { associatedPullRequests(first: 50, states: OPEN) { ...WaybillPullsThere } }
      baseRef { target { __typename oid ...WaybillConfiguration ...WaybillMailmap } }
      labels(first: 100) { nodes { name } pageInfo { hasNextPage endCursor } }
      assignees(first: 100) { nodes { ...WaybillActor } pageInfo { hasNextPage endCursor } }
      reviewThreads(first: 100) { nodes { isResolved } }
      reviewRequests(first: 100) { nodes { requestedReviewer { ...WaybillActor } } pageInfo { hasNextPage endCursor } }
      timelineItems(last: 100, ${itemTypes}) { ...WaybillTimeline }
      commits(first: 100) { ...WaybillCommits }
      head: commits(last: 1) {
        nodes {
          commit { ...WaybillHead }
        }
      }
    }
  }
}
${pagesFragment}
${configurationFragment}
${mailmapFragment}
${headFragment}
${checksFragment}
${commitFragment}
${signatureFragment}
${actorFragment}`

/** The head alone, where the last commit that GitHub lists is another. */
export const headQuery = `
query WaybillHead($owner: String!, $name: String!, $oid: GitObjectID!) {
  repository(owner: $owner, name: $name) { object(oid: $oid) { __typename ...WaybillHead } }
}
${headFragment}
${configurationFragment}
${checksFragment}
${actorFragment}`

/** A further page of commits, of the timeline, or of both. */
export const pullPageQuery = `
query WaybillPullPage($owner: String!, $name: String!, $number: Int!, $commits: String, $timeline: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      timelineItems(last: 100, before: $timeline, ${itemTypes}) { ...WaybillTimeline }
      commits(first: 100, after: $commits) { ...WaybillCommits }
    }
  }
}
${pagesFragment}
${commitFragment}
${signatureFragment}
${actorFragment}`

/** GitHub computes `mergeable` when it is first asked for. */
export const mergeableQuery = `
query WaybillMergeable($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) { headRefOid baseRefOid mergeable }
  }
}`
