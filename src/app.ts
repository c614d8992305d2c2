import type { Probot } from 'probot'
import type { Clues } from './github/hints.ts'
import { cluesOf } from './github/hints.ts'
import type { OwnApp } from './github/clue.ts'
import { refKey } from './model/ref.ts'
import type { Hint, Inbox, Log, Memory } from './reconcile/world.ts'

export type AppPorts = {
  readonly inbox: Inbox
  readonly memory: Pick<Memory, 'refsAt'>
  readonly own: OwnApp
  readonly log: Log
}

/**
 * The Probot application. A delivery leaves where to look, and what somebody asked for, in one committed transaction;
 * nothing is read from GitHub and nothing is written there. A handler rejects when the delivery could not be stored.
 */
export function createApp(ports: AppPorts): (app: Probot) => void {
  return (app) => {
    app.on(
      [
        'push',
        'create',
        'delete',
        'pull_request',
        'pull_request_review',
        'check_run',
        'check_suite',
        'status',
        'issue_comment',
        'deployment',
        'deployment_status',
        'release',
      ],
      ({ id, name, payload }) => takeIn(ports, { id, name, payload }),
    )
  }
}

type Event = { readonly id: string; readonly name: string; readonly payload: unknown }

async function takeIn({ inbox, memory, own, log }: AppPorts, { id, name, payload }: Event): Promise<void> {
  const clues = cluesOf(name, payload, own)
  const hints = await hintsOf(clues, { inbox, memory })
  if (hints.length === 0 && clues.wish === null && clues.pull === null) return
  const taken = await inbox.accept({ id, hints, wish: clues.wish, pull: clues.pull })
  log.info({ delivery: id, event: name, hints: hints.length, taken }, 'delivery')
}

/** Each subject once, at the earliest time that any clue asks for. */
async function hintsOf({ clues }: Clues, ports: Pick<AppPorts, 'inbox' | 'memory'>): Promise<readonly Hint[]> {
  const hints = new Map<string, Hint>()
  for (const hint of (await Promise.all(clues.map((clue) => answer(clue, ports)))).flat()) {
    const key = refKey(hint.ref)
    if (hint.when === 'now' || !hints.has(key)) hints.set(key, hint)
  }
  return [...hints.values()]
}

async function answer(
  clue: Clues['clues'][number],
  { inbox, memory }: Pick<AppPorts, 'inbox' | 'memory'>,
): Promise<readonly Hint[]> {
  const { kind, ref, when } = clue
  switch (kind) {
    case 'look':
      return [{ ref, when }]
    case 'branch':
      return (await inbox.pullOf(ref.repository.id, clue.ref.branch)) === null ? [{ ref, when }] : []
    case 'commit': {
      const known = await memory.refsAt(ref.repository, clue.ref.sha)
      return (known.length > 0 ? known : [clue.otherwise]).map((one) => ({ ref: one, when }))
    }
  }
}
