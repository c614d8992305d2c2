import type { Probot } from 'probot'
import { appEnvironment, secretsOf } from './env.ts'
import { changedInstallation } from './github/changed-installation.ts'
import type { OwnApp } from './github/clue.ts'
import type { Clues } from './github/hints.ts'
import { cluesOf } from './github/hints.ts'
import { createLog } from './log.ts'
import { refKey } from './model/ref.ts'
import type { Watch } from './model/watched.ts'
import type { Hint, Inbox } from './reconcile/world/inbox.ts'
import type { Log } from './reconcile/world/log.ts'
import type { Memory } from './reconcile/world/memory.ts'
import { openDatabase } from './store/database.ts'
import { createInbox } from './store/inbox.ts'
import { createMemory } from './store/memory.ts'
import { openQueue } from './store/queue.ts'

export type AppPorts = {
  readonly inbox: Inbox
  readonly memory: Pick<Memory, 'refsAt'>
  readonly own: OwnApp
  /** Orders a look at everything in an installation. */
  readonly sweep: (installation: number) => Promise<void>
  readonly log: Log
  readonly watch?: Watch
}

/**
 * The Probot application. A delivery leaves where to look, and what somebody asked for, in one committed transaction;
 * nothing is read from GitHub and nothing is written there. A handler rejects when the delivery could not be stored.
 */
export function createApp(ports: AppPorts): (app: Probot) => void {
  return (app) => listen(app, (event) => takeIn(ports, event))
}

/**
 * The same for `probot receive`, which knows nothing of our ports: each delivery opens the database that the
 * environment names, and closes it again.
 */
export default function receiveAlone(app: Probot): void {
  listen(app, async (event) => {
    const environment = appEnvironment(process.env)
    const log = createLog({ level: environment.logLevel, secrets: secretsOf(environment) })
    const database = await openDatabase(environment.database, log)
    try {
      const queue = await openQueue(database, {}, log)
      const own = { appId: environment.appId, slug: null }
      const inbox = createInbox(database, queue)
      await takeIn({ inbox, memory: createMemory(database), own, sweep: queue.hintSweep, log }, event)
      await queue.stop()
    } finally {
      await database.close()
    }
  })
}

function listen(app: Probot, handle: (event: Event) => Promise<void>): void {
  app.on(
    [
      'push',
      'create',
      'delete',
      'pull_request',
      'pull_request_review',
      'pull_request_review_thread',
      'check_run',
      'check_suite',
      'status',
      'issue_comment',
      'deployment',
      'deployment_status',
      'release',
      'deployment_protection_rule',
      'merge_group',
      'installation',
      'installation_repositories',
      'repository',
    ],
    ({ id, name, payload }) => handle({ id, name, payload }),
  )
}

type Event = { readonly id: string; readonly name: string; readonly payload: unknown }

async function takeIn(ports: AppPorts, { id, name, payload }: Event): Promise<void> {
  const { inbox, memory, own, sweep, log, watch } = ports
  const changed = changedInstallation(name, payload)
  if (changed !== null) {
    await sweep(changed)
    watch?.({ kind: 'delivery', event: name, result: 'stored' })
    log.info({ delivery: id, event: name }, 'an installation is looked at')
    return
  }
  const clues = cluesOf({ id, name, payload }, own)
  const hints = await hintsOf(clues, { inbox, memory })
  if (hints.length === 0 && clues.wish === null && clues.pull === null) {
    watch?.({ kind: 'delivery', event: name, result: 'of no concern' })
    return
  }
  const taken = await inbox.accept({ id, hints, wish: clues.wish, pull: clues.pull })
  watch?.({ kind: 'delivery', event: name, result: taken })
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
  const news = clue.kind !== 'branch' && clue.check !== undefined ? { check: clue.check } : {}
  switch (kind) {
    case 'look':
      return [{ ref, when, ...news }]
    case 'branch':
      return (await inbox.pullOf(ref.repository.id, clue.ref.branch)) === null ? [{ ref, when }] : []
    case 'commit': {
      const known = await memory.refsAt(ref.repository, clue.ref.sha)
      // A branch pushed without a commit of its own stands where the line does: the line hears of it all the same.
      const all = known.length === 0 || clue.otherwise.kind === 'line' ? [...known, clue.otherwise] : known
      return all.map((one) => ({ ref: one, when, ...news }))
    }
  }
}
