import type { Repository } from '../model/ref.ts'
import { child, childOrNull, type Json } from './json.ts'
import type { Octokit } from './octokit.ts'
import { runQuery } from './run-query.ts'

/** Files asked about in one query. */
const most = 100

/**
 * Whether these files have the same modes in two commits (a program or a plain file, a symbolic link): GitHub's
 * comparisons tell only their text. One query for a hundred files.
 */
export async function haveSameModes(
  octokit: Octokit,
  { owner, name }: Repository,
  { before, after, paths }: { readonly before: string; readonly after: string; readonly paths: readonly string[] },
): Promise<boolean> {
  for (let at = 0; at < paths.length; at += most) {
    const some = paths.slice(at, at + most)
    const named = Object.fromEntries(some.map((path, index) => [`path${index}`, path]))
    const variables = { owner, name, before, after, ...named }
    const { data } = await runQuery(octokit, { name: 'WaybillModes', text: modesQuery(some.length), variables })
    const commits = ['before', 'after'].map((key) => childOrNull(child(data, 'repository'), key))
    const [first, second] = commits.map((commit) => (commit === null ? null : modesOf(commit, some.length)))
    // What GitHub does not show any more may have been anything.
    if (first === null || JSON.stringify(first) !== JSON.stringify(second)) return false
  }
  return true
}

function modesOf(commit: Json, files: number): readonly unknown[] {
  return Array.from({ length: files }, (_, at) => childOrNull(commit, `file${at}`)?.['mode'] ?? null)
}

/** The modes of so many files in two commits: variables `path0`, …; answers under `file0`, … */
export function modesQuery(files: number): string {
  const each = Array.from({ length: files }, (_, at) => at)
  return `
query WaybillModes($owner: String!, $name: String!, $before: GitObjectID!, $after: GitObjectID!, ${each.map((at) => `$path${at}: String!`).join(', ')}) {
  repository(owner: $owner, name: $name) {
    before: object(oid: $before) { __typename ...WaybillModes }
    after: object(oid: $after) { __typename ...WaybillModes }
  }
}
fragment WaybillModes on Commit {
  ${each.map((at) => `file${at}: file(path: $path${at}) { mode }`).join('\n  ')}
}`
}
