import type { Actor } from '../state/accounts.ts'
import type { PullRequest } from '../state/pull-request.ts'
import type { State } from '../state.ts'
import { emitPull } from './emit.ts'
import { note } from './timeline.ts'

/** Closes an open pull request unmerged. */
export async function closePull(state: State, pull: PullRequest, actor: Actor): Promise<void> {
  pull.state = 'closed'
  pull.closedAt = state.now()
  note(state, pull, { actor: actor.user, fact: { kind: 'closed' } })
  await emitPull(state, { pull, action: 'closed', sender: actor.user })
}
