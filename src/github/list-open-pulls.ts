import type { Repository } from '../model/ref.ts'
import type { OpenPulls } from '../reconcile/world/code.ts'
import { child, connection, integer } from './json.ts'
import { missing, parseRepository, type Reader } from './reader.ts'
import { runQuery } from './run-query.ts'

/** One query for the open pull requests that were updated last. */
export async function listOpenPulls(reader: Reader, repository: Repository, most: number): Promise<OpenPulls> {
  const octokit = await reader.octokitFor(repository.installationId)
  const { owner, name } = repository
  const query = { name: 'WaybillOpenPulls', text: openPullsQuery, variables: { owner, name, most } }
  const found = parseRepository(await runQuery(octokit, { ...query, mayMiss: missing() }), repository)
  if (found.kind !== 'found') return { pulls: [], total: 0 }
  const { nodes } = connection(found.value, 'pullRequests')
  const pulls = nodes.map((node) => ({ kind: 'pull' as const, repository, number: integer(node, 'number') }))
  return { pulls, total: integer(child(found.value, 'pullRequests'), 'totalCount') }
}

export const openPullsQuery = `
query WaybillOpenPulls($owner: String!, $name: String!, $most: Int!) {
  repository(owner: $owner, name: $name) {
    databaseId
    pullRequests(first: $most, states: OPEN, orderBy: { field: UPDATED_AT, direction: DESC }) {
      totalCount
      nodes { number }
      pageInfo { hasNextPage endCursor }
    }
  }
}`
