import { childOrNull, isJson, type Json, list } from './json.ts'
import type { Octokit } from './octokit.ts'
import { runQuery } from './run-query.ts'

/** Which repositories hold a configuration file on their default branch. */
export const configuredQuery = `
query WaybillConfigured($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Repository {
      defaultBranchRef {
        target {
          ... on Commit {
            yml: file(path: ".github/waybill.yml") { oid }
            yaml: file(path: ".github/waybill.yaml") { oid }
          }
        }
      }
    }
  }
}`

const together = 50

/** Those of these repositories, by their global ids; one query for 50, which costs one point. One that can't be read may hold one. */
export async function listConfigured(octokit: Octokit, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const configured = new Set<string>()
  for (let at = 0; at < ids.length; at += together) {
    const some = ids.slice(at, at + together)
    const query = { name: 'WaybillConfigured', text: configuredQuery, variables: { ids: some } }
    const { data } = await runQuery(octokit, { ...query, mayMiss: (path) => path.startsWith('nodes.') })
    const nodes = list(data, 'nodes')
    for (const [index, id] of some.entries()) if (mayHold(nodes[index])) configured.add(id)
  }
  return configured
}

function mayHold(node: unknown): boolean {
  if (!isJson(node)) return true
  const target = tipOf(node)
  return target !== null && [target['yml'], target['yaml']].some(isJson)
}

function tipOf(repository: Json): Json | null {
  const ref = childOrNull(repository, 'defaultBranchRef')
  return ref === null ? null : childOrNull(ref, 'target')
}
