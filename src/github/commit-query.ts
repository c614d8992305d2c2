import { configurationFragment, organisationPart } from './fragments.ts'

/** Where one commit belongs: open and merged pull requests, branches, the line. */
export const commitQuery = `
query WaybillCommit($owner: String!, $name: String!, $oid: GitObjectID!, $head: String!) {
  ${organisationPart}
  repository(owner: $owner, name: $name) {
    databaseId
    defaultBranchRef {
      name
      target { __typename oid ...WaybillConfiguration }
      compare(headRef: $head) { aheadBy }
    }
    object(oid: $oid) {
      __typename
      ... on Commit {
        associatedPullRequests(first: 50) {
          nodes { number state headRefOid headRefName baseRefName isCrossRepository mergeCommit { oid } }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
    refs(refPrefix: "refs/heads/", first: 100) {
      nodes { name target { oid } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
${configurationFragment}`
