import type { PullRequest } from '../state/pull-request.ts'
import type { Repository } from '../state/repository.ts'
import type { Arguments } from './arguments.ts'
import { connection, type GraphNode } from './connection.ts'
import { demand, type Graph } from './graph.ts'

/** Pull requests that fit `of` and the arguments `states`, `baseRefName`, `headRefName` and `orderBy`; oldest first unless ordered. */
export function pullConnection(
  graph: Graph,
  repository: Repository,
  { args, of }: { readonly args: Arguments; readonly of: (pull: PullRequest) => boolean },
): GraphNode {
  demand(graph, 'pull_requests:read')
  const [states, base, head] = [args.texts('states'), args.text('baseRefName'), args.text('headRefName')]
  const order = args.object('orderBy')
  const found = repository.pulls.filter(
    (pull) =>
      of(pull) &&
      (states === undefined || states.includes(pullState(pull))) &&
      (base === undefined || pull.base.ref === base) &&
      (head === undefined || pull.head.ref === head),
  )
  const at = order?.text('field') === 'UPDATED_AT' ? 'updatedAt' : 'createdAt'
  found.sort((one, other) => one[at] - other[at] || one.number - other.number)
  if (order?.text('direction') === 'DESC') found.reverse()
  return connection(args, found, { key: ({ number }) => number, node: graph.nodes.pull })
}

export function pullState({ state, merged }: PullRequest): 'OPEN' | 'CLOSED' | 'MERGED' {
  if (merged) return 'MERGED'
  return state === 'open' ? 'OPEN' : 'CLOSED'
}
