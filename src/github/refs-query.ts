import { configurationFragment, organisationPart } from './fragments.ts'

/** Pull requests, and branches, of one page (`$size`): two points of GitHub's hourly limit for both together. */
export const refsPerPage = 50

/** What reported on a commit, at a glance. */
const glanceFragment = `
fragment WaybillGlance on Commit {
  __typename
  oid
  statusCheckRollup {
    contexts(first: 100) {
      nodes {
        __typename
        ... on CheckRun { databaseId name status conclusion checkSuite { app { databaseId slug } } }
        ... on StatusContext { context state createdAt }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`

/** What a line made, at a glance: any of it that is new, moved or taken away shows. */
const linePart = `tags: refs(refPrefix: "refs/tags/", first: 100, orderBy: { field: TAG_COMMIT_DATE, direction: DESC }) @include(if: $withLine) {
      totalCount
      nodes { name target { oid } }
    }
    releases(first: 20, orderBy: { field: CREATED_AT, direction: DESC }) @include(if: $withLine) {
      totalCount
      nodes { databaseId tagName isDraft updatedAt }
    }
    deployments(first: 30, orderBy: { field: CREATED_AT, direction: DESC }) @include(if: $withLine) {
      totalCount
      nodes { databaseId state updatedAt latestStatus { id } }
    }`

/** A page of everything a sweep looks at; either side can be left out once it is read. */
export const refsQuery = `
query WaybillRefs($owner: String!, $name: String!, $pulls: String, $branches: String, $withPulls: Boolean!, $withBranches: Boolean!, $withLine: Boolean!, $size: Int!) {
  ${organisationPart}
  repository(owner: $owner, name: $name) {
    databaseId
    defaultBranchRef { name target { __typename oid ...WaybillConfiguration ...WaybillGlance @include(if: $withLine) } }
    ${linePart}
    pullRequests(first: $size, states: OPEN, after: $pulls) @include(if: $withPulls) {
      nodes {
        number headRefName headRefOid isCrossRepository baseRefName isDraft mergeable reviewDecision updatedAt
        baseRef {
          target {
            __typename
            ... on Commit {
              yml: file(path: ".github/waybill.yml") { object { oid } }
              yaml: file(path: ".github/waybill.yaml") { object { oid } }
              mailmap: file(path: ".mailmap") { object { oid } }
            }
          }
        }
        head: commits(last: 1) {
          nodes {
            commit {
              ...WaybillGlance
              checkSuites(first: 50) { nodes { databaseId status app { databaseId slug } } pageInfo { hasNextPage endCursor } }
            }
          }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
    refs(refPrefix: "refs/heads/", first: $size, after: $branches) @include(if: $withBranches) {
      nodes { name target { ...WaybillGlance } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
${glanceFragment}
${configurationFragment}`
