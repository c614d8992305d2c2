import { serializePullOfEvent } from '../rest/serialize-pull.ts'
import { repositoryOfEvent } from '../rest/serialize-repository.ts'
import { serializeUser } from '../rest/serialize-user.ts'
import type { App, User } from '../state/accounts.ts'
import type { PullRequest } from '../state/pull-request.ts'
import type { Repository } from '../state/repository.ts'
import type { State } from '../state.ts'

type Payload = { readonly [key: string]: unknown }

/** Sends an event about a repository, with what every payload has: `repository`, `organization`, `sender`. */
export function emit(
  state: State,
  event: {
    readonly name: string
    readonly repository: Repository
    readonly sender: User
    readonly payload: Payload
    readonly only?: App | undefined
  },
): void {
  const { name, repository, sender, payload, only } = event
  const whole = { ...payload, ...repositoryOfEvent(state, repository), sender: serializeUser(state, sender) }
  state.events.emit({ name, payload: whole, repository, sender, only })
}

/** Sends `pull_request` with the action and what else the action's payload has. */
export async function emitPull(
  state: State,
  event: { readonly pull: PullRequest; readonly action: string; readonly sender: User; readonly more?: Payload },
): Promise<void> {
  const { pull, action, sender, more = {} } = event
  const payload = { action, number: pull.number, pull_request: await serializePullOfEvent(state, pull), ...more }
  emit(state, { name: 'pull_request', repository: pull.repository, sender, payload })
}
