import { actorFragment, checksFragment, commitFragment, configurationFragment, signatureFragment } from './fragments.ts'

const pagesFragment = `
fragment WaybillCommits on PullRequestCommitConnection {
  totalCount
  nodes { commit { ...WaybillCommit } }
  pageInfo { hasNextPage endCursor }
}
fragment WaybillReviews on PullRequestReviewConnection {
  nodes { fullDatabaseId state submittedAt createdAt authorCanPushToRepository author { ...WaybillActor } commit { oid } }
  pageInfo { hasPreviousPage startCursor }
}`

const headFragment = `
fragment WaybillHead on Commit {
  oid
  ...WaybillChecks
  associatedPullRequests(first: 50) {
    nodes { number state headRefOid baseRefName }
    pageInfo { hasNextPage endCursor }
  }
}`

/** Everything the gate of one pull request needs, its base's configuration included. */
export const pullQuery = `
query WaybillPull($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    databaseId
    url
    defaultBranchRef { name target { __typename oid ...WaybillConfiguration } }
    pullRequest(number: $number) {
      number title url state isDraft mergeable createdAt updatedAt
      baseRefName baseRefOid headRefName headRefOid isCrossRepository
      author { ...WaybillActor }
      baseRef { target { __typename oid ...WaybillConfiguration } }
      labels(first: 100) { nodes { name } pageInfo { hasNextPage endCursor } }
      assignees(first: 100) { nodes { ...WaybillActor } pageInfo { hasNextPage endCursor } }
      reviews(last: 100) { ...WaybillReviews }
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
${checksFragment}
${actorFragment}`

/** A further page of commits, of reviews, or of both. */
export const pullPageQuery = `
query WaybillPullPage($owner: String!, $name: String!, $number: Int!, $commits: String, $reviews: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviews(last: 100, before: $reviews) { ...WaybillReviews }
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
