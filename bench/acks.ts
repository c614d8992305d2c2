import { createHmac, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { createNodeMiddleware, Probot } from 'probot'
import { startSandbox } from '../sandbox/start-sandbox.ts'
import { startWaybill } from '../sandbox/start-waybill.ts'
import { startPostgres } from '../test/postgres.ts'
import { percentile, percentiles } from './percentiles.ts'
import { atLeast, atMost, type Measured, without } from './row.ts'

const secret = 'the bench signs with this'
const count = 2000

/** Deliveries taken in for good, a second, on both databases, beside a bare Probot that keeps nothing. */
export async function benchAcks(): Promise<Measured> {
  const bare = await bareProbot()
  const probot = await flood(bare.url)
  await bare.close()
  const postgres = await startPostgres()
  try {
    const outside = await waybill({ DATABASE_URL: postgres.url })
    const embedded = await waybill({})
    const ratio = 'durable acks a second / those of a bare Probot that keeps nothing'
    const steady = 'ack at 200 deliveries a second'
    const detail = (name: string, one: Flooded) =>
      `${name}: ${one.rate.toFixed(0)} acks a second in a flood of ${count}, a bare Probot's ${probot.rate.toFixed(0)}`
    return [
      detail('PostgreSQL', outside),
      detail('embedded', embedded),
      atLeast(`${ratio}, PostgreSQL`, outside.rate / probot.rate, { goal: 0.5, digits: 2 }),
      without(`${ratio}, embedded`, (embedded.rate / probot.rate).toFixed(2)),
      without(`${steady}, PostgreSQL: 50th, 95th, 99th`, percentiles(outside.steady)),
      atMost('the same at the 99th', percentile(outside.steady, 0.99), { goal: 50, unit: ' ms' }),
      without(`${steady}, embedded: 50th, 95th, 99th`, percentiles(embedded.steady)),
    ]
  } finally {
    await postgres.stop()
  }
}

type Flooded = { readonly rate: number; readonly steady: readonly number[] }

async function waybill(environment: Readonly<Record<string, string>>): Promise<Flooded> {
  const sandbox = await startSandbox({})
  const running = await startWaybill(sandbox, { ...environment, WEBHOOK_SECRET: secret, LOG_LEVEL: 'fatal' })
  try {
    const { rate } = await flood(running.url)
    await pause(1000)
    return { rate, steady: await steadily(running.url) }
  } finally {
    await running.close()
    await sandbox.close()
  }
}

async function bareProbot() {
  const probot = new Probot({ githubToken: 'of no use', secret, logLevel: 'fatal' })
  const handle = await createNodeMiddleware((app) => void app.on('push', () => {}), { probot })
  const server = createServer((request, response) => void handle(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** As fast as 50 senders can. */
async function flood(url: string): Promise<{ readonly rate: number }> {
  let left = count
  const begun = performance.now()
  const sender = async () => {
    while (left-- > 0) await deliver(url)
  }
  await Promise.all(Array.from({ length: 50 }, sender))
  return { rate: count / ((performance.now() - begun) / 1000) }
}

async function steadily(url: string): Promise<readonly number[]> {
  const times: number[] = []
  const open: Promise<void>[] = []
  for (let at = 0; at < 1000; at++) {
    const begun = performance.now()
    open.push(deliver(url).then(() => void times.push(performance.now() - begun)))
    await pause(5)
  }
  await Promise.all(open)
  return times
}

async function deliver(url: string): Promise<void> {
  const number = Math.floor(Math.random() * 50)
  const body = JSON.stringify({
    ref: `refs/heads/SHOP-${number}-x`,
    installation: { id: 1 },
    repository: { id: 1, name: 'shop', owner: { login: 'acme' }, default_branch: 'main' },
    head_commit: { message: 'x'.repeat(4000) },
  })
  const response = await fetch(`${url}/api/github/webhooks`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'push',
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  })
  await response.body?.cancel()
  if (!response.ok) throw new Error(`a delivery was answered ${response.status}`)
}
