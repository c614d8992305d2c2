import { actorFragment, checksFragment, configurationFragment, organisationPart } from './fragments.ts'

/** A page of a line's merge queue, with what reported on each group's head and the line's own file. */
export const queueQuery = `
query WaybillQueue($owner: String!, $name: String!, $branch: String!, $ref: String!, $after: String) {
  ${organisationPart}
  repository(owner: $owner, name: $name) {
    databaseId
    defaultBranchRef { name }
    ref(qualifiedName: $ref) { name target { __typename oid ...WaybillConfiguration } }
    mergeQueue(branch: $branch) {
      entries(first: 25, after: $after) {
        nodes { position pullRequest { number } headCommit { oid ...WaybillChecks } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}
${configurationFragment}
${checksFragment}
${actorFragment}`
