import { findRef, moveRef } from '../git/refs.ts'
import { Refusal } from '../refusal.ts'
import { describeUnmetChecks, listUnmetChecks } from '../required-checks.ts'
import type { User } from '../state/accounts.ts'
import type { PullRequest } from '../state/pull-request.ts'
import type { MergeQueueEntry, Repository } from '../state/repository.ts'
import type { State } from '../state.ts'
import { buildGroups, destroyGroup, entryNodeId, type Queue } from './build-groups.ts'
import { markMerged } from './mark-merged.ts'
import { recordMoves } from './record-moves.ts'

/** The merge queue of a branch; undefined where it has none. */
export function queueOf(repository: Repository, branch: string): Queue | undefined {
  const entries = repository.mergeQueues.get(branch)
  return entries === undefined ? undefined : { repository, branch, entries }
}

/** Puts a pull request that may be merged at the end of its base's queue, and builds its group. */
export async function enqueuePull(state: State, pull: PullRequest, enqueuer: User): Promise<MergeQueueEntry> {
  const { repository, base, head } = pull
  const queue = queueOf(repository, base.ref)
  if (queue === undefined) throw new Refusal(422, `Merge queue is not enabled for ${base.ref}`)
  if (pull.state === 'closed') throw new Refusal(422, 'Pull request is closed')
  if (pull.draft) throw new Refusal(422, 'Pull request is in draft state')
  if (queue.entries.some((entry) => entry.pull === pull)) throw new Refusal(422, 'Pull request is already in the queue')
  const protection = repository.protection.get(base.ref)
  const unmet = protection === undefined ? [] : listUnmetChecks(repository, protection, head.sha)
  if (unmet.length > 0) throw new Refusal(422, describeUnmetChecks(unmet))
  const id = state.nextId()
  const at = state.now()
  const entry = { id, nodeId: entryNodeId(id), pull, enqueuer, enqueuedAt: at, head: head.sha, group: undefined }
  queue.entries.push(entry)
  await buildGroups(state, queue)
  if (!queue.entries.includes(entry)) throw new Refusal(422, 'Pull request has merge conflicts with the queue')
  return entry
}

/** Takes a pull request out; what stands behind it is built anew. */
export async function dequeuePull(state: State, pull: PullRequest): Promise<void> {
  const queue = queueOf(pull.repository, pull.base.ref)
  const entry = queue?.entries.find((one) => one.pull === pull)
  if (queue === undefined || entry === undefined) throw new Refusal(422, 'Pull request is not in the queue')
  await remove(state, queue, { entry, reason: 'dequeued' })
}

/**
 * What follows from what the groups' checks say now: the front merges once all that is required has succeeded on its
 * head, an entry with a failed one leaves, and so does one whose pull request was closed or pushed to.
 */
export async function settleQueues(state: State, repository: Repository): Promise<void> {
  for (const [branch, entries] of repository.mergeQueues) await settleQueue(state, { repository, branch, entries })
}

async function settleQueue(state: State, queue: Queue): Promise<void> {
  const { repository, branch, entries } = queue
  const protection = repository.protection.get(branch)
  const gone = entries.find(({ pull, head }) => pull.state === 'closed' || pull.head.sha !== head)
  if (gone !== undefined) {
    await remove(state, queue, { entry: gone, reason: 'dequeued' })
    return settleQueue(state, queue)
  }
  const unmet = (entry: MergeQueueEntry | undefined) =>
    entry?.group === undefined || protection === undefined
      ? []
      : listUnmetChecks(repository, protection, entry.group.sha)
  const failed = entries.find((entry) => unmet(entry).some((one) => one.state === 'failing'))
  if (failed !== undefined) {
    await remove(state, queue, { entry: failed, reason: 'invalidated' })
    return settleQueue(state, queue)
  }
  const [front] = entries
  if (front?.group === undefined || unmet(front).length > 0) return
  await mergeFront(state, queue, front)
  return settleQueue(state, queue)
}

async function remove(
  state: State,
  queue: Queue,
  { entry, reason }: { readonly entry: MergeQueueEntry; readonly reason: 'invalidated' | 'dequeued' },
): Promise<void> {
  queue.entries.splice(queue.entries.indexOf(entry), 1)
  await destroyGroup(state, queue, { entry, reason })
  await buildGroups(state, queue)
}

/** Where the line was pushed to meanwhile, every group is built anew. */
async function mergeFront(state: State, queue: Queue, entry: MergeQueueEntry): Promise<void> {
  const { repository, branch, entries } = queue
  const { group, pull, enqueuer } = entry
  const name = `refs/heads/${branch}`
  const tip = (await findRef(repository.path, name))?.commit
  if (group === undefined || tip !== group.base) return buildGroups(state, queue)
  await moveRef(repository.path, name, { before: group.base, after: group.sha })
  entries.splice(entries.indexOf(entry), 1)
  const actor = { user: enqueuer, app: undefined }
  await markMerged(state, pull, { actor, sha: group.sha, base: group.base })
  const moves = [{ name, before: group.base, after: group.sha }]
  await recordMoves(state, repository, { actor, moves, cause: 'pr_merge' })
  await destroyGroup(state, queue, { entry, reason: 'merged' })
}
