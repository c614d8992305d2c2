import { notFound } from '../refusal.ts'
import type { PullRequest } from '../state/pull-request.ts'
import { parameter, type RepositoryCall } from './call.ts'

/** The pull request that the path names as `pull_number` or `issue_number`; 404 when there is none. */
export function findPull(call: RepositoryCall): PullRequest {
  const number = Number(parameter(call, 'pull_number') || parameter(call, 'issue_number'))
  const pull = call.repository.pulls.find((one) => one.number === number)
  if (pull === undefined) throw notFound()
  return pull
}
