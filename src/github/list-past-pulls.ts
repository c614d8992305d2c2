import type { PastPull, PastPulls } from '../model/past-pull.ts'
import type { Repository } from '../model/ref.ts'
import { actorFragment } from './fragments.ts'
import { child, connection, integer, type Json, text, time } from './json.ts'
import { parseActor } from './parse-account.ts'
import type { Reader } from './reader.ts'
import { runQuery } from './run-query.ts'

const pastPullsQuery = `
query WaybillPastPulls($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequests(first: 50, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      totalCount
      nodes { number title url state headRefName baseRefName updatedAt author { ...WaybillActor } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
${actorFragment}`

/** Fifty pull requests in every state, last updated first. Rejects with `Failed`. */
export async function listPastPulls(reader: Reader, repository: Repository, after: string | null): Promise<PastPulls> {
  const octokit = await reader.octokitFor(repository.installationId)
  const { owner, name } = repository
  const variables = { owner, name, after }
  const { data } = await runQuery(octokit, { name: 'WaybillPastPulls', text: pastPullsQuery, variables })
  const page = connection(child(data, 'repository'), 'pullRequests')
  const total = integer(child(child(data, 'repository'), 'pullRequests'), 'totalCount')
  return { pulls: page.nodes.map(parsePast), next: page.next, total }
}

function parsePast(pull: Json): PastPull {
  return {
    number: integer(pull, 'number'),
    title: text(pull, 'title'),
    url: text(pull, 'url'),
    status: text(pull, 'state') === 'MERGED' ? 'MERGED' : text(pull, 'state') === 'CLOSED' ? 'DECLINED' : 'OPEN',
    author: parseActor(pull, 'author')?.login ?? 'unknown',
    branch: text(pull, 'headRefName'),
    base: text(pull, 'baseRefName'),
    updatedAt: time(pull, 'updatedAt'),
  }
}
