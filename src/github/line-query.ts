import {
  actorFragment,
  checksFragment,
  commitFragment,
  configurationFragment,
  mailmapFragment,
  organisationPart,
  signatureFragment,
} from './fragments.ts'
import { teamParts } from './teams-query.ts'

/** Which parts of a line one query reads. */
export type LineParts = {
  /** Configuration, branch and head: the first query of a pass. */
  readonly head: boolean
  readonly history: boolean
  readonly tags: boolean
  readonly releases: boolean
  readonly comments: boolean
  /** How many environments: variables `environment0`, `deployments0` (cursor), …; answers under the latter names. */
  readonly environments: number
  /** How many pull requests: variables `pull0`, …; answers under the same names. */
  readonly pulls: number
  readonly teams: number
  /** How many people whose permission is read: variables `writer0`, …; answers under the same names. */
  readonly writers: number
}

/** One page of a line. All commits of the branch are listed; the first-parent walk is made from their parents. */
export function lineQuery(parts: LineParts): string {
  const environments = Array.from({ length: parts.environments }, (_, at) => at)
  const pulls = Array.from({ length: parts.pulls }, (_, at) => at)
  const writers = Array.from({ length: parts.writers }, (_, at) => at)
  const teams = teamParts(parts.teams)
  const variables = [
    '$owner: String!, $name: String!',
    parts.head ? '$ref: String!, $branch: String!' : '',
    parts.history ? '$depth: Int!, $history: String' : '',
    parts.history || parts.pulls > 0 ? '$app: Int!' : '',
    parts.history && !parts.head ? '$oid: GitObjectID!' : '',
    parts.tags ? '$tags: String' : '',
    parts.releases ? '$releases: String, $manyReleases: Int!' : '',
    parts.environments > 0 ? '$manyDeployments: Int!' : '',
    parts.comments ? '$comments: [ID!]!' : '',
    ...environments.map((at) => `$environment${at}: String!, $deployments${at}: String`),
    ...pulls.map((at) => `$pull${at}: Int!`),
    ...writers.map((at) => `$writer${at}: String!`),
    teams.variables,
  ]
  return `
query WaybillLine(${variables.filter((one) => one !== '').join(', ')}) {
  ${parts.head ? organisationPart : ''}
  repository(owner: $owner, name: $name) {
    databaseId
    ${parts.head ? headPart : ''}
    ${commitPart(parts)}
    ${parts.tags ? tagsPart : ''}
    ${parts.releases ? releasesPart : ''}
    ${environments.map(deploymentsPart).join('\n    ')}
    ${writers.map((at) => `writer${at}: collaborators(query: $writer${at}, first: 10) { edges { permission node { databaseId } } }`).join('\n    ')}
    ${pulls.map((at) => `pull${at}: pullRequest(number: $pull${at}) { ...WaybillPullBeside }`).join('\n    ')}
  }
  ${parts.comments ? commentsPart : ''}
  ${teams.fields}
}
${fragmentsFor(parts)}`
}

const headPart = `url
    defaultBranchRef { name }
    open: pullRequests(states: OPEN, baseRefName: $branch, first: 100, orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes { number }
      pageInfo { hasNextPage endCursor }
    }`

/** Later pages hang on the head of the first one, so that a push in between does not shift them. */
function commitPart({ head, history }: LineParts): string {
  if (head)
    return `ref(qualifiedName: $ref) { target { __typename oid ...WaybillConfiguration ...WaybillMailmap ${history ? historyPart : ''} } }`
  return history ? `object(oid: $oid) { __typename oid ${historyPart} }` : ''
}

const historyPart = `... on Commit {
          history(first: $depth, after: $history) { nodes { ...WaybillLineCommit } pageInfo { hasNextPage endCursor } }
        }`

const tagsPart = `refs(refPrefix: "refs/tags/", first: 100, after: $tags, orderBy: { field: TAG_COMMIT_DATE, direction: DESC }) {
      nodes { name target { ...WaybillPeeled ... on Tag { target { ...WaybillPeeled ... on Tag { target { ...WaybillPeeled } } } } } }
      pageInfo { hasNextPage endCursor }
    }`

const releasesPart = `releases(first: $manyReleases, after: $releases, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { tagName isDraft createdAt }
      pageInfo { hasNextPage endCursor }
    }`

const commentsPart = `comments: nodes(ids: $comments) {
    __typename
    ... on IssueComment { fullDatabaseId body lastEditedAt author { ...WaybillActor } }
  }`

function deploymentsPart(at: number): string {
  return `deployments${at}: deployments(environments: [$environment${at}], first: $manyDeployments, after: $deployments${at}, orderBy: { field: CREATED_AT, direction: DESC }) { ...WaybillDeployments }`
}

function fragmentsFor({ head, history, tags, comments, environments, pulls }: LineParts): string {
  return [
    head ? `${configurationFragment}${mailmapFragment}` : '',
    history ? [lineCommitFragment, commitFragment, signatureFragment].join('\n') : '',
    pulls > 0 ? pullBesideFragment : '',
    history || pulls > 0 ? checksFragment : '',
    tags ? 'fragment WaybillPeeled on GitObject { __typename oid ... on Commit { committedDate } }' : '',
    environments > 0 ? deploymentFragment : '',
    history || comments || environments > 0 || pulls > 0 ? actorFragment : '',
  ].join('\n')
}

const deploymentFragment = `
fragment WaybillDeployments on DeploymentConnection {
  nodes { ...WaybillDeployment }
  pageInfo { hasNextPage endCursor }
}
fragment WaybillDeployment on Deployment {
  databaseId environment commitOid createdAt payload
  creator { ...WaybillActor }
  ref { name prefix }
  latestStatus { id }
  statuses(first: 30) {
    nodes { id state createdAt description logUrl environmentUrl creator { ...WaybillActor } }
    pageInfo { hasNextPage endCursor }
  }
}`

const lineCommitFragment = `
fragment WaybillLineCommit on Commit {
  ...WaybillCommit
  committedDate
  yml: file(path: ".github/waybill.yml") { type }
  yaml: file(path: ".github/waybill.yaml") { type }
  associatedPullRequests(first: 2) { nodes { ...WaybillMergedPull } pageInfo { hasNextPage endCursor } }
  ...WaybillChecks
}
fragment WaybillMergedPull on PullRequest {
  number title url state baseRefName headRefName headRefOid createdAt updatedAt mergedAt
  author { ...WaybillActor }
  mergeCommit { oid }
  baseRef { name }
  assignees(first: 20) { nodes { ...WaybillActor } pageInfo { hasNextPage endCursor } }
  labels(first: 100) { nodes { name } pageInfo { hasNextPage endCursor } }
  judged: commits(last: 1) {
    nodes { commit { checkSuites(first: 1, filterBy: { appId: $app }) {
      nodes { checkRuns(first: 1, filterBy: { checkName: "waybill/gate" }) { nodes { databaseId status conclusion } } }
    } } }
  }
  commits(first: 30) { totalCount nodes { commit { ...WaybillCommit } } pageInfo { hasNextPage endCursor } }
  reviews(last: 50) {
    nodes { state submittedAt createdAt author { ...WaybillActor } commit { oid } }
    pageInfo { hasPreviousPage startCursor }
  }
}`

/** What its gate says comes beside what every commit's checks are read for. */
const pullBesideFragment = `
fragment WaybillPullBeside on PullRequest {
  number title url state headRefName headRefOid isCrossRepository
  author { ...WaybillActor }
  commits(last: 1) {
    nodes {
      commit {
        oid
        ...WaybillChecks
        gate: checkSuites(first: 1, filterBy: { appId: $app }) {
          nodes { checkRuns(first: 1, filterBy: { checkName: "waybill/gate" }) { nodes { databaseId title summary } } }
        }
      }
    }
  }
}`
