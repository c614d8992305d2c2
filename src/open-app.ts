import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import { Probot } from 'probot'
import { createApp } from './app.ts'
import { type AppEnvironment, EnvironmentRefused } from './env.ts'
import { createCode } from './github/code.ts'
import { isWebhookEvent } from './github/delivered-events.ts'
import { createOctokitClass, type Octokit } from './github/octokit.ts'
import { createIssues } from './jira/issues.ts'
import { Failed } from './model/failure.ts'
import { createWork } from './reconcile/reconcile.ts'
import type { World } from './reconcile/world.ts'
import type { Database } from './store/database.ts'
import { createInbox } from './store/inbox.ts'
import { createMemory } from './store/memory.ts'
import type { OpenQueue } from './store/queue.ts'
import { secret } from './store/secret.ts'
import type { ReceivedDelivery } from './web/receive.ts'

export type OpenApp = {
  /** Resolves when the delivery is stored. What nobody looks at is dropped. */
  readonly receive: (delivery: ReceivedDelivery) => Promise<void>
}

type Parts = { readonly database: Database; readonly queue: OpenQueue; readonly log: Logger }

/** Puts GitHub, Jira and the database together to one world, and lets the queue work in it. */
export async function openApp(environment: AppEnvironment, parts: Parts): Promise<OpenApp> {
  const { database, queue, log } = parts
  const memory = createMemory(database)
  const inbox = createInbox(database, queue)
  const probot = createProbot(environment, log)
  const appOctokit = await probot.auth()
  const app = { id: environment.appId, slug: await readSlug(appOctokit, log) }
  const crashpoint = crashpointOf(environment)
  const markerSecret = await secret(database, 'comment marker')
  const octokitFor = (installationId: number) => probot.auth(installationId)
  const code = createCode({ octokitFor, appOctokit, app, markerSecret, now: Date.now, crashpoint, log })
  const issues = createIssues({ settings: environment.jira, now: Date.now })
  const world: World = { code, issues, memory, queue, log, now: Date.now, crashpoint }
  await probot.load(createApp({ inbox, memory, own: { appId: app.id, slug: app.slug }, log }))
  await queue.start(createWork(world))
  return {
    receive: async (delivery) => {
      if (isWebhookEvent(delivery)) await probot.receive(delivery)
    },
  }
}

function createProbot({ appId, privateKey, webhookSecrets, githubApiUrl: baseUrl }: AppEnvironment, log: Logger) {
  const secret = webhookSecrets[0]
  const Octokit = createOctokitClass({ baseUrl, log, now: Date.now })
  return new Probot({ appId, privateKey, secret, baseUrl, Octokit, log })
}

/** The name under which our App comments and pushes tags. While GitHub is away it is asked for again. */
async function readSlug(octokit: Octokit, log: Logger): Promise<string> {
  for (;;) {
    try {
      const { data } = await octokit.request('GET /app')
      if (data?.slug === undefined) throw new Error('GitHub does not say what this App is called')
      return data.slug
    } catch (error) {
      if (error instanceof Error && 'status' in error && (error.status === 401 || error.status === 404)) {
        throw new EnvironmentRefused(['APP_ID and PRIVATE_KEY do not belong to one App that GitHub knows: check both'])
      }
      if (!(error instanceof Failed) || error.failure.kind !== 'busy') throw error
      log.warn({ cause: error.failure.cause }, 'GitHub does not answer yet')
      await pause(Math.min(Math.max(error.failure.until - Date.now(), 1000), 30_000))
    }
  }
}

/** For tests of recovery: dies at the named point as by `kill -9`. */
function crashpointOf({ crashpoint }: AppEnvironment): (name: string) => void {
  if (crashpoint === null) return () => {}
  return (name) => {
    if (name === crashpoint) process.kill(process.pid, 'SIGKILL')
  }
}
