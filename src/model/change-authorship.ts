import type { Change } from './history.ts'
import type { LineSnapshot } from './line.ts'
import type { Commit } from './pull.ts'
import type { Push } from './push.ts'
import type { Authorship } from './writers.ts'

/** What a line knows of who wrote its changes. */
export type LineWriters = Pick<LineSnapshot, 'ref' | 'commits' | 'pushes' | 'comparisons'>

/** All that says who wrote a change on the line. Commits that GitHub did not list are somebody unknown's. */
export function authorshipOf(change: Change, line: LineWriters): Authorship {
  const { pull } = change
  const pushes = [...line.pushes.values()].flatMap((read) => (read.kind === 'found' ? read.value : []))
  const { comparisons } = line
  if (pull === null) {
    const direct = pushes.filter((push) => brings(push, change, line))
    const commits = change.commits.flatMap((commit): readonly Commit[] => [commit, ...commit.brought])
    return { author: null, assignees: [], commits, pushes: direct, comparisons }
  }
  const { author, assignees, commits, branch, headSha } = pull
  return {
    author,
    assignees,
    commits: commits ?? [unlisted(headSha)],
    pushes: pushes.filter((push) => push.branch === branch),
    comparisons,
  }
}

/** A push to the line itself that brought this change: it lies between the line's head before and after. */
function brings(push: Push, { sha }: Change, { ref, commits }: LineWriters): boolean {
  if (push.branch !== ref.branch || push.kind === 'creation') return false
  const at = commits.findIndex((commit) => commit.sha === sha)
  const after = commits.findIndex((commit) => commit.sha === push.after)
  const before = commits.findIndex((commit) => commit.sha === push.before)
  return after >= 0 && after <= at && (before < 0 || at < before)
}

function unlisted(sha: string): Commit {
  const author = { kind: 'stranger', name: '', email: 'commits that GitHub did not list' } as const
  return { sha, headline: '', author, committer: null, coAuthors: [], parents: [] }
}
