import { nodeId } from '../node-id.ts'
import type { CheckRun, CommitStatus } from '../state/check.ts'
import type { Repository } from '../state/repository.ts'
import { newestRuns } from '../summarise-suite.ts'
import type { Arguments } from './arguments.ts'
import { connection, type GraphNode } from './connection.ts'
import { demand, type Graph } from './graph.ts'

/**
 * StatusCheckRollup of a commit: of each App and name the newest run, of each context the newest status. Null while nothing has reported.
 */
export function rollupNode(graph: Graph, repository: Repository, sha: string): GraphNode | null {
  demand(graph, 'checks:read')
  const runs = newestRuns(repository.checkRuns.filter(({ headSha }) => headSha === sha))
  const statuses = newestStatuses(repository, sha)
  if (runs.length + statuses.length === 0) return null
  if (statuses.length > 0) demand(graph, 'statuses:read')
  return {
    __typename: 'StatusCheckRollup',
    id: nodeId('StatusCheckRollup', `${repository.id}:${sha}`),
    state: worstOf([...runs.map(stateOfRun), ...statuses.map(({ state }) => state.toUpperCase())]),
    commit: () => graph.nodes.commit(repository, sha),
    contexts: (args: Arguments) => contexts(graph, repository, { args, runs, statuses }),
  }
}

/** Status of a commit: what was reported by the older status API alone. Null when nothing was. */
export function statusNodeOf(graph: Graph, repository: Repository, sha: string): GraphNode | null {
  demand(graph, 'statuses:read')
  const statuses = newestStatuses(repository, sha)
  if (statuses.length === 0) return null
  const node = (status: CommitStatus) => graph.nodes.status(repository, status)
  return {
    __typename: 'Status',
    id: nodeId('Status', `${repository.id}:${sha}`),
    state: worstOf(statuses.map(({ state }) => state.toUpperCase())),
    commit: () => graph.nodes.commit(repository, sha),
    contexts: () => statuses.map(node),
    context: (args: Arguments) => {
      const found = statuses.find(({ context }) => context === args.text('name'))
      return found === undefined ? null : node(found)
    },
  }
}

type Reported = {
  readonly args: Arguments
  readonly runs: readonly CheckRun[]
  readonly statuses: readonly CommitStatus[]
}

function contexts(graph: Graph, repository: Repository, { args, runs, statuses }: Reported): GraphNode {
  const items = [
    ...runs.map((run) => ({ id: run.id, node: () => graph.nodes.checkRun(repository, run) })),
    ...statuses.map((status) => ({ id: status.id, node: () => graph.nodes.status(repository, status) })),
  ]
  const more = { checkRunCount: runs.length, statusContextCount: statuses.length }
  return connection(args, items, { key: ({ id }) => id, node: ({ node }) => node(), more })
}

/** In order of their contexts' newest ids. */
function newestStatuses(repository: Repository, sha: string): readonly CommitStatus[] {
  const newest = new Map<string, CommitStatus>()
  for (const status of repository.statuses) {
    if (status.sha === sha && (newest.get(status.context)?.id ?? 0) < status.id) newest.set(status.context, status)
  }
  return [...newest.values()].sort((one, other) => one.id - other.id)
}

function stateOfRun({ status, conclusion }: CheckRun): string {
  if (status !== 'completed') return 'PENDING'
  switch (conclusion) {
    case 'success':
    case 'neutral':
    case 'skipped':
      return 'SUCCESS'
    case undefined:
      return 'PENDING'
    case 'action_required':
    case 'cancelled':
    case 'failure':
    case 'stale':
    case 'timed_out':
      return 'FAILURE'
  }
}

function worstOf(states: readonly string[]): string {
  return ['FAILURE', 'ERROR', 'PENDING'].find((state) => states.includes(state)) ?? 'SUCCESS'
}
