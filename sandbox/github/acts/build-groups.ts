import { readCommit } from '../git/commits.ts'
import { mergeTree, writeCommit } from '../git/merge.ts'
import { findRef, moveRef, zeroSha } from '../git/refs.ts'
import { nodeId } from '../node-id.ts'
import { serializeSimpleCommit } from '../rest/serialize-commit.ts'
import type { MergeGroup, MergeQueueEntry, Repository } from '../state/repository.ts'
import type { State } from '../state.ts'
import { emit } from './emit.ts'
import { recordMoves } from './record-moves.ts'

/** A branch's merge queue: its entries, the front first. */
export type Queue = { readonly repository: Repository; readonly branch: string; readonly entries: MergeQueueEntry[] }

/** Builds the group of every entry that has none on what stands before it now. One that conflicts leaves the queue. */
export async function buildGroups(state: State, queue: Queue): Promise<void> {
  const { repository, branch, entries } = queue
  let base = (await findRef(repository.path, `refs/heads/${branch}`))?.commit
  for (const entry of [...entries]) {
    if (base === undefined) return
    if (entry.group !== undefined && entry.group.base !== base)
      await destroyGroup(state, queue, { entry, reason: 'invalidated' })
    entry.group ??= await buildGroup(state, queue, { entry, base })
    if (entry.group === undefined) entries.splice(entries.indexOf(entry), 1)
    else base = entry.group.sha
  }
}

/** Deletes the group's branch and says why. The entry stays. */
export async function destroyGroup(
  state: State,
  queue: Queue,
  { entry, reason }: { readonly entry: MergeQueueEntry; readonly reason: 'merged' | 'invalidated' | 'dequeued' },
): Promise<void> {
  const { group, enqueuer } = entry
  if (group === undefined) return
  entry.group = undefined
  await moveRef(queue.repository.path, group.ref, { before: group.sha, after: zeroSha })
  await tell(state, queue, { entry, group, more: { action: 'destroyed', reason } })
  const moves = [{ name: group.ref, before: group.sha, after: zeroSha }]
  await recordMoves(state, queue.repository, { actor: { user: enqueuer, app: undefined }, moves })
}

async function buildGroup(
  state: State,
  queue: Queue,
  { entry, base }: { readonly entry: MergeQueueEntry; readonly base: string },
): Promise<MergeGroup | undefined> {
  const { repository, branch } = queue
  const { pull, enqueuer } = entry
  const tree = await mergeTree(repository.path, { base, head: entry.head })
  if (tree === undefined) return undefined
  const at = state.now()
  const sha = await writeCommit(repository.path, {
    tree,
    parents: [base, entry.head],
    message: `Merge pull request #${pull.number} from ${repository.owner.login}/${pull.head.ref}\n\n${pull.title}`,
    author: { name: enqueuer.name, email: enqueuer.email, at },
    committer: { name: 'GitHub', email: 'noreply@github.com', at },
  })
  const ref = `refs/heads/gh-readonly-queue/${branch}/pr-${pull.number}-${base}`
  await moveRef(repository.path, ref, { before: zeroSha, after: sha })
  const group = { id: state.nextId(), ref, base, sha }
  const actor = { user: enqueuer, app: undefined }
  await recordMoves(state, repository, { actor, moves: [{ name: ref, before: zeroSha, after: sha }] })
  await tell(state, queue, { entry, group, more: { action: 'checks_requested' } })
  return group
}

async function tell(
  state: State,
  { repository, branch }: Queue,
  {
    entry,
    group,
    more,
  }: { readonly entry: MergeQueueEntry; readonly group: MergeGroup; readonly more: Readonly<Record<string, string>> },
): Promise<void> {
  const merge_group = {
    head_sha: group.sha,
    head_ref: group.ref,
    base_sha: group.base,
    base_ref: `refs/heads/${branch}`,
    head_commit: serializeSimpleCommit(await readCommit(repository.path, group.sha)),
  }
  emit(state, { name: 'merge_group', repository, sender: entry.enqueuer, payload: { ...more, merge_group } })
}

export function entryNodeId(id: number): string {
  return nodeId('MergeQueueEntry', id)
}
