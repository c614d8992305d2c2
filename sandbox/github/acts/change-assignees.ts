import { serializeUser } from '../rest/serialize-user.ts'
import type { Actor, User } from '../state/accounts.ts'
import type { PullRequest } from '../state/pull-request.ts'
import type { State } from '../state.ts'
import { emitPull } from './emit.ts'

/** Assigns people and takes them off; one `assigned` or `unassigned` event for each whom it changes. */
export async function changeAssignees(
  state: State,
  pull: PullRequest,
  change: { readonly add: readonly User[]; readonly remove: readonly User[]; readonly actor: Actor },
): Promise<void> {
  const { actor } = change
  const tell = async (action: 'assigned' | 'unassigned', user: User) => {
    pull.updatedAt = state.now()
    await emitPull(state, { pull, action, sender: actor.user, more: { assignee: serializeUser(state, user) } })
  }
  for (const user of change.add.filter((one) => !pull.assignees.includes(one))) {
    pull.assignees.push(user)
    await tell('assigned', user)
  }
  for (const user of change.remove.filter((one) => pull.assignees.includes(one))) {
    pull.assignees.splice(pull.assignees.indexOf(user), 1)
    await tell('unassigned', user)
  }
}
