import { setTimeout as pause } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { isInsider } from './insider.ts'
import type { Metrics } from './metrics.ts'

/** Each resolves when its part works, and rejects when it does not. */
export type Readiness = { readonly database: () => Promise<void>; readonly queue: () => Promise<void> }

export type HealthOptions = {
  readonly readiness: Readiness
  readonly page: Metrics['page']
  /** What lets a request from elsewhere see inside; null: nothing does. */
  readonly token: string | null
}

type Env = { Bindings: Partial<HttpBindings> }

/** How long a part may take to answer (ms). */
const patience = 2000

/**
 * `GET /healthz`: the process runs. `GET /readyz`: it can take deliveries in and work on them; which part can't is said
 * to insiders only. `GET /metrics`: for insiders. None says anything of a repository or of an error's cause.
 */
export function healthRoutes({ readiness, page, token }: HealthOptions): Hono<Env> {
  return new Hono<Env>()
    .get('/healthz', (c) => c.json({ status: 'ok' }))
    .get('/readyz', async (c) => {
      const [database, queue] = await Promise.all([answers(readiness.database), answers(readiness.queue)])
      const status = database && queue ? 'ok' : 'not ready'
      return c.json(isInsider(c, token) ? { status, database, queue } : { status }, database && queue ? 200 : 503)
    })
    .get('/metrics', async (c) => {
      if (!isInsider(c, token)) {
        return c.text('ask from this machine, or send METRICS_TOKEN as a bearer token', 401, {
          'www-authenticate': 'Bearer',
        })
      }
      const { type, text } = await page()
      return c.text(text, 200, { 'content-type': type })
    })
}

async function answers(part: () => Promise<void>): Promise<boolean> {
  const controller = new AbortController()
  const late = pause(patience, false, { signal: controller.signal, ref: false }).catch(() => false)
  const answer = part().then(
    () => true,
    () => false,
  )
  return Promise.race([answer, late]).finally(() => controller.abort())
}
