import { configurationFragment, organisationPart } from './fragments.ts'

/** A page of everything a sweep looks at; either side can be left out once it is read. */
export const refsQuery = `
query WaybillRefs($owner: String!, $name: String!, $pulls: String, $branches: String, $withPulls: Boolean!, $withBranches: Boolean!) {
  ${organisationPart}
  repository(owner: $owner, name: $name) {
    databaseId
    defaultBranchRef { name target { __typename oid ...WaybillConfiguration } }
    pullRequests(first: 100, states: OPEN, after: $pulls) @include(if: $withPulls) {
      nodes { number headRefName isCrossRepository }
      pageInfo { hasNextPage endCursor }
    }
    refs(refPrefix: "refs/heads/", first: 100, after: $branches) @include(if: $withBranches) {
      nodes { name }
      pageInfo { hasNextPage endCursor }
    }
  }
}
${configurationFragment}`
