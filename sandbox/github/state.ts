import { createSandboxEvents, type SandboxEvents } from './sandbox-events.ts'
import type { App, Installation, Organisation, Principal, User } from './state/accounts.ts'
import type { Repository } from './state/repository.ts'

/** All that git does not hold. One per sandbox; everything that changes it also emits the event that GitHub would send. */
export type State = {
  readonly now: () => number
  /** The next id; ids are unique over all kinds of things and rise with time. */
  readonly nextId: () => number
  readonly events: SandboxEvents
  readonly users: User[]
  readonly organisations: Organisation[]
  readonly apps: App[]
  readonly installations: Installation[]
  readonly repositories: Repository[]
  /** By the text of the token. */
  readonly tokens: Map<string, Principal>
  /** The server's own address without a slash at the end, e.g. `http://127.0.0.1:4000`; every link in an answer begins with it. */
  url: string
}

/** `now` is in milliseconds since 1970, UTC. */
export function createState(options: { readonly now?: () => number } = {}): State {
  let lastId = 1000
  return {
    now: options.now ?? Date.now,
    nextId: () => {
      lastId += 1
      return lastId
    },
    events: createSandboxEvents(),
    users: [],
    organisations: [],
    apps: [],
    installations: [],
    repositories: [],
    tokens: new Map(),
    url: 'http://127.0.0.1',
  }
}
