import { Failed } from '../model/failure.ts'
import type { PullRequest } from '../model/pull.ts'
import type { Repository } from '../model/ref.ts'
import { child, childOrNull, connection, integer, type Json, text } from './json.ts'
import type { Octokit } from './octokit.ts'
import { runQuery } from './run-query.ts'

/** An open pull request with the same head, and the branch it goes into. */
export type SameHead = { readonly number: number; readonly base: string }

/** Pages of 100: a branch that others begin at is in each of their pull requests. */
const mostPages = 20

type Asked = {
  readonly repository: Repository
  readonly pull: PullRequest
  /** The head (`WaybillHead`), and the pull request as GitHub gave it. */
  readonly commit: Json
  readonly json: Json
}

/**
 * The other open pull requests with a pull request's head. GitHub lists those of a commit, but for one that the default
 * branch holds only the merged ones: then its branch's.
 */
export async function readSameHead(octokit: Octokit, asked: Asked): Promise<readonly SameHead[]> {
  const branch = childOrNull(asked.json, 'headRef')
  const listed = [...(await ofCommit(octokit, asked)), ...(branch === null ? [] : connection(branch, listName).nodes)]
  const { headSha, number } = asked.pull
  const same = listed.filter(
    (node) => node['state'] === 'OPEN' && node['headRefOid'] === headSha && node['number'] !== number,
  )
  const byNumber = new Map(same.map((node) => [integer(node, 'number'), text(node, 'baseRefName')]))
  return [...byNumber].map(([other, base]) => ({ number: other, base }))
}

const listName = 'associatedPullRequests'

async function ofCommit(octokit: Octokit, { repository, pull, commit }: Asked): Promise<readonly Json[]> {
  if (childOrNull(commit, listName) === null) return []
  let page = connection(commit, listName)
  let nodes = page.nodes
  for (let pages = 1; page.next !== null; pages++) {
    if (pages > mostPages) {
      throw new Failed({ kind: 'bug', call: 'WaybillSameHead', cause: 'more pull requests than Waybill reads' })
    }
    const { owner, name } = repository
    const variables = { owner, name, oid: pull.headSha, after: page.next }
    const { data } = await runQuery(octokit, { name: 'WaybillSameHead', text: sameHeadQuery, variables })
    page = connection(child(child(data, 'repository'), 'object'), listName)
    nodes = [...nodes, ...page.nodes]
  }
  return nodes
}

export const sameHeadFragment = `
fragment WaybillPullsThere on PullRequestConnection {
  nodes { number state headRefOid baseRefName }
  pageInfo { hasNextPage endCursor }
}`

/** A further page of the pull requests that hold a commit. */
export const sameHeadQuery = `
query WaybillSameHead($owner: String!, $name: String!, $oid: GitObjectID!, $after: String) {
  repository(owner: $owner, name: $name) {
    object(oid: $oid) { __typename ... on Commit { associatedPullRequests(first: 100, after: $after) { ...WaybillPullsThere } } }
  }
}
${sameHeadFragment}`
