/** Parts that several queries share. Each is written once, beside the fragments it needs itself. */

export const actorFragment = `
fragment WaybillActor on Actor {
  __typename
  login
  ... on User { databaseId }
  ... on Bot { databaseId }
  ... on Mannequin { databaseId }
}`

export const configurationFragment = `
fragment WaybillConfiguration on Commit {
  yml: file(path: ".github/waybill.yml") { ...WaybillFile }
  yaml: file(path: ".github/waybill.yaml") { ...WaybillFile }
}
fragment WaybillFile on TreeEntry {
  object { __typename oid ... on Blob { text byteSize isTruncated } }
}`

/** Which account an e-mail of a commit stands for. Needs WaybillFile. */
export const mailmapFragment = `
fragment WaybillMailmap on Commit {
  mailmap: file(path: ".mailmap") { ...WaybillFile }
}`
/** The organisation's defaults, beside any query with `$owner`. Needs WaybillConfiguration. */
export const organisationPart = `organisation: repository(owner: $owner, name: ".github") {
    databaseId
    defaultBranchRef { name target { __typename oid ...WaybillConfiguration } }
  }`

export const signatureFragment = `
fragment WaybillSignature on GitActor {
  name
  email
  user { databaseId login }
}`

/** A commit with everybody who wrote it: the author first, then the co-authors. Needs WaybillSignature. */
export const commitFragment = `
fragment WaybillCommit on Commit {
  oid
  messageHeadline
  parents(first: 3) { nodes { oid } }
  author { ...WaybillSignature }
  committer { ...WaybillSignature }
  authors(first: 50) {
    nodes { ...WaybillSignature }
    pageInfo { hasNextPage endCursor }
  }
}`

/** The first page of what reported on a commit. Needs WaybillActor. */
export const checksFragment = `
fragment WaybillChecks on Commit {
  statusCheckRollup {
    contexts(first: 100) { ...WaybillContexts }
  }
  checkSuites(first: 20) { ...WaybillSuites }
}
fragment WaybillContexts on StatusCheckRollupContextConnection {
  pageInfo { hasNextPage endCursor }
  nodes {
    __typename
    ... on CheckRun {
      databaseId name status conclusion detailsUrl startedAt externalId title summary
      checkSuite { databaseId app { databaseId slug } workflowRun { event workflow { databaseId } } }
    }
    ... on StatusContext { context state createdAt targetUrl creator { ...WaybillActor } }
  }
}
fragment WaybillSuites on CheckSuiteConnection {
  pageInfo { hasNextPage endCursor }
  nodes {
    databaseId status conclusion app { databaseId slug }
    workflowRun { event workflow { databaseId name } }
    checkRuns(first: 1) { totalCount }
  }
}`
