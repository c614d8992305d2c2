import { fork } from 'node:child_process'
import { createHmac, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startSandbox } from '../sandbox/start-sandbox.ts'
import { startWaybill } from '../sandbox/start-waybill.ts'
import { startPostgres } from '../test/postgres.ts'
import { percentile, percentiles } from './percentiles.ts'
import { atLeast, atMost, type Measured, without } from './row.ts'

const secret = 'the bench signs with this'
const count = 2000
/** Floods of each, in turns, so that the rest of the machine disturbs all alike; the first only warms them up. */
const rounds = 6

/**
 * Deliveries taken in for good, a second, on both databases, beside a bare Probot that keeps nothing. All three are
 * processes of their own, and the senders are another.
 */
export async function benchAcks(): Promise<Measured> {
  const bare = await bareProbot()
  const postgres = await startPostgres()
  const outside = await waybill({ DATABASE_URL: postgres.url })
  const embedded = await waybill({})
  try {
    const rates: Rates[] = []
    for (let at = 0; at < rounds; at++) {
      rates.push({
        bare: await flood(bare.url),
        outside: await flood(outside.url),
        embedded: await flood(embedded.url),
      })
      await pause(1500)
    }
    const warm = rates.slice(1)
    const ratio = 'durable acks a second / those of a bare Probot that keeps nothing'
    const [of, ofEmbedded] = [
      middle(warm, (one) => one.outside / one.bare),
      middle(warm, (one) => one.embedded / one.bare),
    ]
    const steady = 'ack at 200 deliveries a second'
    const [times, timesEmbedded] = [await steadily(outside.url), await steadily(embedded.url)]
    return [
      ...rates.map(
        (one, at) =>
          `flood ${at} of ${count}: a bare Probot ${one.bare.toFixed(0)} acks a second, PostgreSQL ${one.outside.toFixed(0)}, embedded ${one.embedded.toFixed(0)}`,
      ),
      atLeast(`${ratio}, PostgreSQL`, of, { goal: 0.5, digits: 2 }),
      without(`${ratio}, embedded`, ofEmbedded.toFixed(2)),
      without(`${steady}, PostgreSQL: 50th, 95th, 99th`, percentiles(times)),
      atMost('the same at the 99th', percentile(times, 0.99), { goal: 50, unit: ' ms' }),
      without(`${steady}, embedded: 50th, 95th, 99th`, percentiles(timesEmbedded)),
    ]
  } finally {
    bare.close()
    await Promise.all([outside.close(), embedded.close()])
    await postgres.stop()
  }
}

type Rates = { readonly bare: number; readonly outside: number; readonly embedded: number }

function middle(rates: readonly Rates[], ratio: (one: Rates) => number): number {
  return percentile(rates.map(ratio), 0.5)
}

async function waybill(environment: Readonly<Record<string, string>>) {
  const sandbox = await startSandbox({})
  const running = await startWaybill(sandbox, { ...environment, WEBHOOK_SECRET: secret, LOG_LEVEL: 'fatal' })
  return {
    url: running.url,
    close: async () => {
      await running.close()
      await sandbox.close()
    },
  }
}

async function bareProbot() {
  const program = fork(fileURLToPath(new URL('./bare-probot.ts', import.meta.url)), [secret])
  const [url] = await once(program, 'message')
  return { url: String(url), close: () => void program.kill() }
}

/** As fast as 50 senders can. */
async function flood(url: string): Promise<number> {
  let left = count
  const begun = performance.now()
  const sender = async () => {
    while (left-- > 0) await deliver(url)
  }
  await Promise.all(Array.from({ length: 50 }, sender))
  return count / ((performance.now() - begun) / 1000)
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
