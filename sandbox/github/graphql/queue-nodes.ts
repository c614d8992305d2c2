import { queueOf } from '../acts/merge-queue.ts'
import { nodeId } from '../node-id.ts'
import { iso } from '../rest/iso.ts'
import { repositoryPage } from '../rest/serialize-repository.ts'
import type { PullRequest } from '../state/pull-request.ts'
import type { MergeQueueEntry, Repository } from '../state/repository.ts'
import type { Arguments } from './arguments.ts'
import { connection, type GraphNode } from './connection.ts'
import { demand, type Graph } from './graph.ts'

/** A branch's merge queue; null where it has none. */
export function queueNode(graph: Graph, repository: Repository, branch: string): GraphNode | null {
  demand(graph, 'merge_queues:read')
  const queue = queueOf(repository, branch)
  if (queue === undefined) return null
  const url = `${repositoryPage(graph.state, repository)}/queue/${branch}`
  return {
    __typename: 'MergeQueue',
    id: nodeId('MergeQueue', `${repository.id}:${branch}`),
    url,
    resourcePath: url.slice(graph.state.url.length),
    repository: () => graph.nodes.repository(repository),
    nextEntryEstimatedTimeToMerge: null,
    entries: (args: Arguments) =>
      connection(args, queue.entries, { key: ({ id }) => id, node: (entry) => entryNode(graph, entry) }),
  }
}

/** Where a pull request stands in its base's queue; null while it is not in it. */
export function entryOf(graph: Graph, pull: PullRequest): GraphNode | null {
  demand(graph, 'merge_queues:read')
  const entry = queueOf(pull.repository, pull.base.ref)?.entries.find((one) => one.pull === pull)
  return entry === undefined ? null : entryNode(graph, entry)
}

export function isQueued(pull: PullRequest): boolean {
  return queueOf(pull.repository, pull.base.ref)?.entries.some((one) => one.pull === pull) === true
}

function entryNode(graph: Graph, entry: MergeQueueEntry): GraphNode {
  const { pull, group } = entry
  const { repository, base } = pull
  const commit = (sha: string | undefined) => (sha === undefined ? null : graph.nodes.commit(repository, sha))
  return {
    __typename: 'MergeQueueEntry',
    id: entry.nodeId,
    position: (queueOf(repository, base.ref)?.entries.indexOf(entry) ?? 0) + 1,
    state: group === undefined ? 'QUEUED' : 'AWAITING_CHECKS',
    enqueuedAt: iso(entry.enqueuedAt),
    enqueuer: () => graph.nodes.user(entry.enqueuer),
    estimatedTimeToMerge: null,
    jump: false,
    solo: false,
    pullRequest: () => graph.nodes.pull(pull),
    headCommit: () => commit(group?.sha),
    baseCommit: () => commit(group?.base),
    mergeQueue: () => queueNode(graph, repository, base.ref),
  }
}
