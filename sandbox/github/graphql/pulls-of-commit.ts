import { isAncestor, listCommits, readCommit } from '../git/commits.ts'
import { findRef } from '../git/refs.ts'
import type { PullRequest } from '../state/pull-request.ts'
import type { Repository } from '../state/repository.ts'
import type { Graph } from './graph.ts'

/**
 * What `Commit.associatedPullRequests` lists: the merged ones that brought the commit and, while it is not on the default branch, the
 * open ones that hold it (https://docs.github.com/graphql/reference/objects#commit).
 */
export async function pullsOfCommit(
  graph: Graph,
  repository: Repository,
  sha: string,
): Promise<readonly PullRequest[]> {
  const { path, defaultBranch, pulls } = repository
  const tip = await findRef(path, `refs/heads/${defaultBranch}`)
  const onDefault = tip !== undefined && (await isAncestor(path, sha, tip.commit))
  const holds = await Promise.all(
    pulls.map(async (pull) => {
      if (!pull.merged && (onDefault || pull.state === 'closed')) return false
      return pull.head.sha === sha || (await graph.carried(pull)).has(sha)
    }),
  )
  return pulls.filter((_, index) => holds[index])
}

/** A pull request's own commits and, once it is merged, those that the merge made: one, or for a rebase a copy of each. */
export async function carriedCommits(graph: Graph, pull: PullRequest): Promise<ReadonlySet<string>> {
  const own = (await graph.pullCommits(pull)).map(({ sha }) => sha)
  const { mergeCommitSha, merged, repository, base } = pull
  if (!merged || mergeCommitSha === undefined) return new Set(own)
  const { parents } = await readCommit(repository.path, mergeCommitSha)
  if (parents.length > 1) return new Set([...own, mergeCommitSha])
  const made = await listCommits(repository.path, [mergeCommitSha, `^${base.sha}`, '--'])
  return new Set([...own, ...made.map(({ sha }) => sha)])
}
