import { setTimeout as pause } from 'node:timers/promises'
import { Hono } from 'hono'

/** Each resolves when its part works, and rejects when it does not. */
export type Readiness = { readonly database: () => Promise<void>; readonly queue: () => Promise<void> }

/** How long a part may take to answer (ms). */
const patience = 2000

/**
 * `GET /healthz`: the process runs. `GET /readyz`: it can take deliveries in and work on them; 503 names the part that
 * does not. Neither says anything of a repository or of an error's cause: both are open to everybody.
 */
export function healthRoutes(readiness: Readiness): Hono {
  return new Hono()
    .get('/healthz', (c) => c.json({ status: 'ok' }))
    .get('/readyz', async (c) => {
      const [database, queue] = await Promise.all([answers(readiness.database), answers(readiness.queue)])
      const ready = database && queue
      return c.json({ status: ready ? 'ok' : 'not ready', database, queue }, ready ? 200 : 503)
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
