import { found, type Lookup, unknown } from '../model/lookup.ts'
import type { Repository } from '../model/ref.ts'
import { child, childOrNull, connection, isJson, type Json, list, time, timeOrNull } from './json.ts'
import { keep } from './known.ts'
import { missing, parseRepository, type Reader } from './reader.ts'
import { runQuery } from './run-query.ts'

/** When the configuration came to a branch (ms, UTC): one call, once per process. */
export async function readAdoption(reader: Reader, repository: Repository, branch: string): Promise<Lookup<number>> {
  const key = `${repository.id} ${branch}`
  const before = reader.known.adoptions.get(key)
  if (before !== undefined) return found(before)
  const octokit = await reader.octokitFor(repository.installationId)
  const variables = { owner: repository.owner, name: repository.name, ref: `refs/heads/${branch}` }
  const answer = await runQuery(octokit, {
    name: 'WaybillAdoption',
    text: adoptionQuery,
    variables,
    mayMiss: missing('ref'),
  })
  const json = parseRepository(answer, repository)
  const ref = json.kind === 'found' ? childOrNull(json.value, 'ref') : null
  const commit = ref === null ? null : childOrNull(ref, 'target')
  if (commit === null) return unknown(`there is no branch ${branch} any more`)
  const oldest = (['yml', 'yaml'] as const).flatMap((file) => oldestOf(commit, file, branch) ?? [])
  if (oldest.length === 0) return unknown('the file was changed more often than Waybill reads')
  const at = Math.min(...oldest)
  keep(reader.known.adoptions, key, at)
  return found(at)
}

/** Null where the file was never there, or its first commit is further back than the page. */
function oldestOf(commit: Json, file: 'yml' | 'yaml', branch: string): number | null {
  const { nodes, next } = connection(commit, file)
  const last = nodes.at(-1)
  return last === undefined || next !== null ? null : cameAt(last, branch)
}

/** A commit may have waited in a pull request: it came to the branch when that was merged. */
function cameAt(commit: Json, branch: string): number {
  const pulls = list(child(commit, 'associatedPullRequests'), 'nodes').filter(isJson)
  const merged = pulls
    .filter((pull) => pull['baseRefName'] === branch)
    .flatMap((pull) => timeOrNull(pull, 'mergedAt') ?? [])
  return merged.length === 0 ? time(commit, 'committedDate') : Math.min(...merged)
}

export const adoptionQuery = `
query WaybillAdoption($owner: String!, $name: String!, $ref: String!) {
  repository(owner: $owner, name: $name) {
    databaseId
    ref(qualifiedName: $ref) {
      target {
        __typename
        ... on Commit {
          yml: history(first: 100, path: ".github/waybill.yml") { ...WaybillChanges }
          yaml: history(first: 100, path: ".github/waybill.yaml") { ...WaybillChanges }
        }
      }
    }
  }
}
fragment WaybillChanges on CommitHistoryConnection {
  nodes { committedDate associatedPullRequests(first: 3) { nodes { baseRefName mergedAt } } }
  pageInfo { hasNextPage endCursor }
}`
