import type { LineFacts } from '../model/line.ts'
import type { WalkCommit } from './parse-line.ts'

/** A line is read no further back than this. */
export const mostCommits = 300

export type WalkWant = {
  readonly head: string
  /** The commits that a version tag stands on. */
  readonly versions: ReadonlySet<string>
  /** What is live in each environment; null where nothing ever was: then everything since adoption matters. */
  readonly live: readonly (string | null)[]
}

export type Walk = {
  /** First-parent history, newest first. */
  readonly path: readonly WalkCommit[]
  /** `more`: the next commit was not read yet. */
  readonly end: LineFacts['walk'] | 'more'
}

/**
 * Follows first parents from the head: down to the commit that brought the configuration file, or to the version below
 * everything that is live (neither is in the path), or to the limit. Without environments the newest version counts as live.
 */
export function walkLine(known: ReadonlyMap<string, WalkCommit>, { head, versions, live }: WalkWant): Walk {
  const path: WalkCommit[] = []
  const unmet = new Set(live.filter((sha) => sha !== null))
  const never = live.includes(null)
  let metVersion = false
  for (let sha: string | null = head; sha !== null; ) {
    const commit = known.get(sha)
    if (commit === undefined) return { path, end: 'more' }
    if (!commit.configured) break
    const enough = !never && unmet.size === 0 && (live.length > 0 || metVersion)
    if (enough && versions.has(sha)) return { path, end: 'version' }
    if (path.length === mostCommits) return { path, end: 'limit' }
    path.push(commit)
    unmet.delete(sha)
    metVersion ||= versions.has(sha)
    sha = commit.parent
  }
  return { path: path.slice(0, -1), end: 'adoption' }
}
