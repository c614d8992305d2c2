import { type Commit, listCommits } from './git/commits.ts'
import type { PullRequest } from './state/pull-request.ts'

/** The commits of a pull request, oldest first: what its head has and its base had when it was opened or merged. */
export function listPullCommits({ repository, base, head }: PullRequest): Promise<readonly Commit[]> {
  return listCommits(repository.path, ['--reverse', '--topo-order', head.sha, `^${base.sha}`, '--'])
}
