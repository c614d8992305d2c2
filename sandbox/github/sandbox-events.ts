import type { App, User } from './state/accounts.ts'
import type { Repository } from './state/repository.ts'

/**
 * Something that GitHub would send as a webhook. `payload` lacks only what depends on the receiver: `installation`.
 * `only` names the one App that hears of it (a button on a check run is pressed for its owner).
 */
export type SandboxEvent = {
  /** GitHub's event name, e.g. `pull_request`; the action is in the payload. */
  readonly name: string
  readonly payload: { readonly [key: string]: unknown }
  readonly repository: Repository | undefined
  readonly sender: User
  readonly only: App | undefined
}

export type SandboxEvents = {
  /** Tells every listener, in order of subscription, before it returns. A listener must not throw. */
  readonly emit: (event: SandboxEvent) => void
  /** Returns the way out. */
  readonly subscribe: (listener: (event: SandboxEvent) => void) => () => void
}

export function createSandboxEvents(): SandboxEvents {
  const listeners = new Set<(event: SandboxEvent) => void>()
  return {
    emit: (event) => {
      for (const listener of listeners) listener(event)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
