import type { ConfigFile } from '../model/config-file.ts'
import type { Repository } from '../model/ref.ts'
import { fileIdentity, parseConfigurationFile } from './configuration-file.ts'
import { configurationFragment } from './fragments.ts'
import { child, childOrNull, connection, isJson, type Json, list, text } from './json.ts'
import type { Octokit } from './octokit.ts'
import { runQuery } from './run-query.ts'

/** Pages of 100 commits that are walked, and how many different files on the way are read. */
const mostPages = 3
const mostFiles = 20

type From = { readonly repository: Repository; readonly target: Json | null }

/**
 * The newest file in a branch's first-parent history that `parses`: only what stood on the branch itself counts, never
 * what a merged branch tried in between. Null where the last 300 commits hold none. Rejects with `Failed`.
 */
export async function readGoodFile(
  octokit: Octokit,
  { repository, target }: From,
  parses: (file: ConfigFile) => boolean,
): Promise<ConfigFile | null> {
  if (target === null) return null
  const { owner, name } = repository
  let sha: string | null = text(target, 'oid')
  let after: string | null = null
  const from = sha
  const known = new Map<string, Json>()
  const tried = new Set([fileIdentity(target)])
  for (let pages = 0; pages < mostPages; pages++) {
    const variables = { owner, name, oid: from, after }
    const { data } = await runQuery(octokit, { name: 'WaybillFiles', text: filesQuery, variables })
    const page = connection(child(child(data, 'repository'), 'object'), 'history')
    for (const node of page.nodes) known.set(text(node, 'oid'), node)
    for (let commit: Json | undefined; sha !== null; sha = parentOf(commit)) {
      commit = known.get(sha)
      if (commit === undefined) break
      const identity = fileIdentity(commit)
      if (tried.has(identity) || tried.size > mostFiles) continue
      tried.add(identity)
      const file = await readFile(octokit, { owner, name, oid: sha })
      if (file !== null && parses(file)) return file
    }
    after = page.next
    if (after === null || sha === null) return null
  }
  return null
}

async function readFile(
  octokit: Octokit,
  variables: { readonly owner: string; readonly name: string; readonly oid: string },
): Promise<ConfigFile | null> {
  const { data } = await runQuery(octokit, { name: 'WaybillConfigurationAt', text: fileQuery, variables })
  const read = parseConfigurationFile(childOrNull(child(data, 'repository'), 'object'), 'such commit')
  return read.kind === 'file' ? read.file : null
}

function parentOf(commit: Json): string | null {
  const parent = list(child(commit, 'parents'), 'nodes')[0]
  return isJson(parent) ? text(parent, 'oid') : null
}

/** Which file stood on each commit of a branch. */
export const filesQuery = `
query WaybillFiles($owner: String!, $name: String!, $oid: GitObjectID!, $after: String) {
  repository(owner: $owner, name: $name) {
    object(oid: $oid) {
      __typename
      ... on Commit {
        history(first: 100, after: $after) {
          nodes {
            oid
            parents(first: 1) { nodes { oid } }
            yml: file(path: ".github/waybill.yml") { object { oid } }
            yaml: file(path: ".github/waybill.yaml") { object { oid } }
          }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }
}`

/** The file on one commit. */
export const fileQuery = `
query WaybillConfigurationAt($owner: String!, $name: String!, $oid: GitObjectID!) {
  repository(owner: $owner, name: $name) { object(oid: $oid) { __typename ... on Commit { oid ...WaybillConfiguration } } }
}
${configurationFragment}`
