import { isAncestor } from '../git/commits.ts'
import { type Ref, zeroSha } from '../git/refs.ts'
import { nodeId } from '../node-id.ts'
import type { Actor } from '../state/accounts.ts'
import type { Activity, Repository } from '../state/repository.ts'
import type { State } from '../state.ts'
import { emit } from './emit.ts'
import { followBase, followHead } from './follow-branch.ts'
import { serializePush } from './serialize-push.ts'

/** A ref that has moved; `zeroSha` before it was made and after it was deleted. */
export type RefMove = { readonly name: Ref['name']; readonly before: string; readonly after: string }

/** More tags than these in one push send no events (https://docs.github.com/webhooks/webhook-events-and-payloads#push). */
const mostTags = 3

/**
 * Tells what follows from refs that have moved: activity, `create`, `delete`, `push`, and what becomes of pull requests whose head or base
 * it is. `cause` is what the activity list calls it.
 */
export async function recordMoves(
  state: State,
  repository: Repository,
  record: { readonly actor: Actor; readonly moves: readonly RefMove[]; readonly cause?: 'push' | 'pr_merge' },
): Promise<void> {
  const { actor, moves, cause = 'push' } = record
  const tags = moves.filter(({ name }) => name.startsWith('refs/tags/')).length
  repository.pushedAt = state.now()
  for (const move of moves) {
    const isBranch = move.name.startsWith('refs/heads/')
    const forced = await isForced(repository, move)
    if (isBranch) addActivity(state, repository, { move, actor, type: activityType(move, { forced, cause }) })
    if (isBranch || tags <= mostTags) await emitMove(state, repository, { move, actor, forced })
    if (isBranch) {
      await followHead(state, repository, { move, actor, forced })
      if (cause === 'push') await followBase(state, repository, { move, actor })
    }
  }
}

async function isForced(repository: Repository, { before, after }: RefMove): Promise<boolean> {
  if (before === zeroSha || after === zeroSha) return false
  return !(await isAncestor(repository.path, before, after))
}

function activityType(
  { before, after }: RefMove,
  { forced, cause }: { readonly forced: boolean; readonly cause: 'push' | 'pr_merge' },
): Activity['type'] {
  if (before === zeroSha) return 'branch_creation'
  if (after === zeroSha) return 'branch_deletion'
  return forced ? 'force_push' : cause
}

function addActivity(
  state: State,
  repository: Repository,
  { move, actor, type }: { readonly move: RefMove; readonly actor: Actor; readonly type: Activity['type'] },
): void {
  const id = state.nextId()
  const { name: ref, before, after } = move
  repository.activity.push({
    id,
    nodeId: nodeId('Activity', id),
    ref,
    before,
    after,
    actor: actor.user,
    type,
    at: state.now(),
  })
}

async function emitMove(
  state: State,
  repository: Repository,
  { move, actor, forced }: { readonly move: RefMove; readonly actor: Actor; readonly forced: boolean },
): Promise<void> {
  const { name, before, after } = move
  const [, kind, short] = /^refs\/(heads|tags)\/(.+)$/.exec(name) ?? []
  if (short === undefined) return
  const about = { ref: short, ref_type: kind === 'tags' ? 'tag' : 'branch', pusher_type: 'user' }
  const sender = actor.user
  if (before === zeroSha) {
    const payload = { ...about, master_branch: repository.defaultBranch, description: null }
    emit(state, { name: 'create', repository, sender, payload })
  }
  if (after === zeroSha) emit(state, { name: 'delete', repository, sender, payload: about })
  const payload = await serializePush(state, repository, { move, actor, forced })
  emit(state, { name: 'push', repository, sender, payload })
}
