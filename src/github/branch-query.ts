import { actorFragment, checksFragment, configurationFragment, organisationPart } from './fragments.ts'

const branchesFragment = `
fragment WaybillBranches on RefConnection {
  nodes {
    name
    target { oid }
    associatedPullRequests(first: 1, states: OPEN) { totalCount }
  }
  pageInfo { hasNextPage endCursor }
}`

/** Everything the check of one pushed branch needs. `head` is the branch's name, `ref` its full one. */
export const branchQuery = `
query WaybillBranch($owner: String!, $name: String!, $ref: String!, $head: String!) {
  ${organisationPart}
  repository(owner: $owner, name: $name) {
    databaseId
    url
    pushedAt
    defaultBranchRef {
      name
      target { __typename oid ...WaybillConfiguration }
      compare(headRef: $head) {
        aheadBy
        commits(last: 10) {
          nodes { oid message committedDate author { name email } }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
    ref(qualifiedName: $ref) {
      associatedPullRequests(first: 20, states: OPEN) {
        nodes { number headRefName isCrossRepository }
        pageInfo { hasNextPage endCursor }
      }
      target {
        __typename
        oid
        ... on Commit { message committedDate author { name email } ...WaybillChecks }
      }
    }
    refs(refPrefix: "refs/heads/", first: 100) { ...WaybillBranches }
  }
}
${branchesFragment}
${configurationFragment}
${checksFragment}
${actorFragment}`

/** A further page of a repository's branches. */
export const branchesQuery = `
query WaybillBranches($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    refs(refPrefix: "refs/heads/", first: 100, after: $after) { ...WaybillBranches }
  }
}
${branchesFragment}`

/** Is a branch's head on another gated branch already? */
export const onBranchQuery = `
query WaybillOnBranch($owner: String!, $name: String!, $ref: String!, $head: String!) {
  repository(owner: $owner, name: $name) {
    ref(qualifiedName: $ref) { compare(headRef: $head) { aheadBy } }
  }
}`
