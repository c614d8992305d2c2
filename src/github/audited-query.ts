/** A page of a line's history since a moment, with the pull requests that brought it. */
export const auditedLineQuery = `
query WaybillAuditedLine($owner: String!, $name: String!, $ref: String!, $since: GitTimestamp, $after: String, $app: Int!) {
  repository(owner: $owner, name: $name) {
    databaseId
    ref(qualifiedName: $ref) {
      target {
        __typename
        oid
        ... on Commit {
          history(first: 50, since: $since, after: $after) {
            nodes {
              oid committedDate
              parents(first: 1) { nodes { oid } }
              author { name user { login } }
              associatedPullRequests(first: 5) {
                nodes {
                  number state baseRefName headRefOid mergeCommit { oid } baseRef { name } mergedBy { login }
                  judged: commits(last: 1) {
                    nodes { commit { checkSuites(first: 1, filterBy: { appId: $app }) {
                      nodes { checkRuns(first: 1, filterBy: { checkName: "waybill/gate" }) { nodes { databaseId status conclusion } } }
                    } } }
                  }
                }
                pageInfo { hasNextPage endCursor }
              }
            }
            pageInfo { hasNextPage endCursor }
          }
        }
      }
    }
  }
}`

/** A page of tags with the messages of annotated ones. */
export const tagMessagesQuery = `
query WaybillTagMessages($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    databaseId
    refs(refPrefix: "refs/tags/", first: 100, after: $after) {
      nodes { name target { __typename oid ... on Tag { message target { __typename oid } } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`

/** A file's text by its blob. */
export const blobQuery = `
query WaybillBlob($owner: String!, $name: String!, $oid: GitObjectID!) {
  repository(owner: $owner, name: $name) { databaseId object(oid: $oid) { __typename ... on Blob { text } } }
}`
