import { readFileSync } from 'node:fs'
import type { Logger } from 'pino'
import { createApp } from './app.ts'
import { connectGithub } from './connect-github.ts'
import type { AppEnvironment } from './env.ts'
import { isWebhookEvent } from './github/delivered-events.ts'
import { lagOf, type Pace, usualPace } from './github/pace.ts'
import { openIssues } from './jira/open-issues.ts'
import { makingUp } from './making-up.ts'
import { fingerprint } from './model/fingerprint.ts'
import type { Watch } from './model/watched.ts'
import { createWork } from './reconcile/reconcile.ts'
import type { World } from './reconcile/world/world.ts'
import type { Database } from './store/database.ts'
import { createInbox } from './store/inbox.ts'
import { createLimits } from './store/limits.ts'
import { createMemory } from './store/memory.ts'
import type { OpenQueue } from './store/queue.ts'
import { secret } from './store/secret.ts'
import type { ReceivedDelivery } from './web/receive.ts'

export type OpenApp = {
  /** Resolves when the delivery is stored. What nobody looks at is dropped. */
  readonly receive: (delivery: ReceivedDelivery) => Promise<void>
}

type Parts = {
  readonly database: Database
  readonly queue: OpenQueue
  readonly log: Logger
  readonly watch: Watch
  readonly pace?: Pace
  /** ms, UTC */
  readonly now: () => number
  readonly crashpoint?: (name: string) => void
}

/** Puts GitHub, Jira and the database together to one world, and lets the queue work in it. */
export async function openApp(environment: AppEnvironment, parts: Parts): Promise<OpenApp> {
  const { database, queue, log, watch, now, pace = usualPace } = parts
  const memory = createMemory(database, judgingOf(environment))
  const inbox = createInbox(database, queue)
  const markerSecret = await secret(database, 'comment marker')
  const { probot, app, code, crashpoint } = await connectGithub(environment, {
    log,
    markerSecret,
    kept: memory,
    pace,
    limits: createLimits(database),
    watch,
    now,
    ...(parts.crashpoint && { crashpoint: parts.crashpoint }),
  })
  const refused = (cause: string) => log.error({ cause }, 'issues can not be looked up')
  const issues = await openIssues({ settings: environment.jira, now, watch, refused })
  const world: World = { code, issues, memory, queue, log, now, lag: lagOf(pace), crashpoint }
  const own = { appId: app.id, slug: app.slug }
  await probot.load(createApp({ inbox, memory, own, sweep: queue.hintSweep, log, watch }))
  await queue.start(createWork(world, watch))
  const receive = async (delivery: ReceivedDelivery) => {
    if (isWebhookEvent(delivery)) await probot.receive(delivery)
  }
  return { receive: makingUp(receive, () => queue.hintSweep(null)) }
}

/** The version of Waybill, and what its environment adds to every judgement. */
function judgingOf({ mode, jira }: AppEnvironment): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return fingerprint(manifest, mode ?? '', jira?.site ?? '', jira?.account?.email ?? '')
}
