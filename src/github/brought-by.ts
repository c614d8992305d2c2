import type { Commit } from '../model/pull.ts'
import type { WalkCommit } from './parse-line.ts'

/**
 * What a commit of the line brought along from its other parents: of a merge that was pushed without a pull request,
 * everything that is not below its first parent. Where not all of it was read, one commit of somebody unknown is among it.
 */
export function broughtBy(known: ReadonlyMap<string, WalkCommit>, { commit }: WalkCommit): readonly Commit[] {
  const [first, ...others] = commit.parents
  if (first === undefined || others.length === 0) return []
  const below = reached(known, { from: [first], except: new Set() })
  const shas = [...reached(known, { from: others, except: below })]
  const read = shas.flatMap((sha) => known.get(sha)?.commit ?? [])
  return read.length === shas.length ? read : [...read, unread(commit.sha)]
}

type Reach = { readonly from: readonly string[]; readonly except: ReadonlySet<string> }

/** These commits and all before them, as far as they were read; of what was not, only the first commit met. */
function reached(known: ReadonlyMap<string, WalkCommit>, { from, except }: Reach): ReadonlySet<string> {
  const met = new Set<string>()
  const open = [...from]
  for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
    if (met.has(sha) || except.has(sha)) continue
    met.add(sha)
    open.push(...(known.get(sha)?.commit.parents ?? []))
  }
  return met
}

function unread(sha: string): Commit {
  const author = { kind: 'stranger', name: '', email: 'merged commits that were not read' } as const
  return { sha, headline: '', author, committer: null, coAuthors: [], parents: [] }
}
