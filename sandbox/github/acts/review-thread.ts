import { nodeId } from '../node-id.ts'
import { serializeSimplePull } from '../rest/serialize-pull.ts'
import type { Actor } from '../state/accounts.ts'
import type { PullRequest, ReviewThread } from '../state/pull-request.ts'
import type { State } from '../state.ts'
import { emit } from './emit.ts'

/** Begins a conversation about the change. Of what is said in it nothing is kept. */
export function beginThread(state: State, pull: PullRequest): ReviewThread {
  const id = state.nextId()
  const thread: ReviewThread = { id, nodeId: nodeId('PullRequestReviewThread', id), pull, resolved: false }
  pull.threads.push(thread)
  return thread
}

/** Resolves a conversation, or opens it again. */
export function resolveThread(
  state: State,
  thread: ReviewThread,
  { resolved, actor }: { readonly resolved: boolean; readonly actor: Actor },
): void {
  if (thread.resolved === resolved) return
  thread.resolved = resolved
  const { pull } = thread
  emit(state, {
    name: 'pull_request_review_thread',
    repository: pull.repository,
    sender: actor.user,
    payload: {
      action: resolved ? 'resolved' : 'unresolved',
      pull_request: serializeSimplePull(state, pull),
      thread: { node_id: thread.nodeId, comments: [] },
    },
  })
}
