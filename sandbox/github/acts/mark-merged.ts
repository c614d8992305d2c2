import type { Actor } from '../state/accounts.ts'
import type { PullRequest } from '../state/pull-request.ts'
import type { State } from '../state.ts'
import { emitPull } from './emit.ts'
import { note } from './timeline.ts'

/** Closes a pull request as merged. `sha` is the commit that its merge made, `base` where the base branch stood before. */
export async function markMerged(
  state: State,
  pull: PullRequest,
  { actor, sha, base }: { readonly actor: Actor; readonly sha: string; readonly base: string },
): Promise<void> {
  pull.state = 'closed'
  pull.merged = true
  pull.mergedAt = state.now()
  pull.closedAt = state.now()
  pull.mergedBy = actor.user
  pull.mergeCommitSha = sha
  pull.base.sha = base
  note(state, pull, { actor: actor.user, fact: { kind: 'merged', sha } })
  note(state, pull, { actor: actor.user, fact: { kind: 'closed' } })
  await emitPull(state, { pull, action: 'closed', sender: actor.user })
}
