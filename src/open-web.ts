import type { Logger } from 'pino'
import type { AppEnvironment } from './env.ts'
import { fitsEvent, isWatchedEvent } from './github/delivered-events.ts'
import type { OpenApp } from './open-app.ts'
import type { Database } from './store/database.ts'
import type { OpenQueue } from './store/queue.ts'
import type { Readiness } from './web/health.ts'
import type { Metrics } from './web/metrics.ts'
import { serve, type Web } from './web/serve.ts'

type Parts = {
  readonly database: Database
  readonly queue: OpenQueue
  readonly app: OpenApp
  readonly metrics: Metrics
  readonly log: Logger
}

/** The webhook route, health and metrics over what was opened before them. */
export function openWeb(
  { host, port, webhookSecrets, metricsToken: token }: AppEnvironment,
  { database, queue, app, metrics, log }: Parts,
): Promise<Web> {
  return serve({
    host,
    port,
    receive: {
      secrets: webhookSecrets,
      receive: app.receive,
      fits: fitsEvent,
      refused: (refusal) => {
        metrics.watch({ kind: 'delivery', event: countedAs(refusal.event), result: String(refusal.status) })
        log.warn(refusal, 'a delivery was refused')
      },
    },
    health: { readiness: readinessOf(database, queue), page: metrics.page, token },
  })
}

/** Anybody may name an event: whatever is none of ours is counted together, or strangers would fill the memory. */
function countedAs(event: string): string {
  return isWatchedEvent(event) ? event : 'other'
}

function readinessOf(database: Database, queue: OpenQueue): Readiness {
  return {
    database: () => database.ping(),
    queue: async () => {
      if (!(await queue.ready())) throw new Error('the queue is not ready')
    },
  }
}
