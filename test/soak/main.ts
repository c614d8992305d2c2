import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { createPeople } from '../../sandbox/people.ts'
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.ts'
import { openDatabase } from '../../src/store/database.ts'
import { createOrder, liftLimits } from '../matrix/open-stage.ts'
import { startPostgres } from '../postgres.ts'
import { type Lived, liveOnce, tally } from './lives.ts'
import { startMortal } from './mortal.ts'
import { letItRain, type Target } from './rain.ts'
import { type Sample, slopeOf } from './slope.ts'

/**
 * `npm run soak -- --minutes 10 --database postgres|embedded --rate 50`: changes travel while Waybill is killed every few
 * seconds, calls of GitHub go wrong, and deliveries come doubled, late, shuffled or not at all. Ends with counts.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    database: { type: 'string', default: 'embedded' },
    rate: { type: 'string', default: '50' },
    repositories: { type: 'string', default: '4' },
  },
})
const begun = Date.now()
const end = begun + Number(values.minutes) * 60_000
const quiet = { info: () => {}, warn: () => {}, error: () => {} }
const sandbox = await startSandbox({})
const place = await openPlace(values.database)
await liftLimits(createOrder(sandbox))
const mortal = startMortal(sandbox, { ...place.environment, LOG_LEVEL: 'fatal' })
const targets: Target[] = []
const rain = letItRain({
  url: () => sandbox.waybillUrl,
  secret: sandbox.webhookSecret,
  rate: Number(values.rate),
  targets: () => targets.slice(-20),
})
const disturbing = disturb(sandbox)
const sizes: Sample[] = []
const weighing = weigh()
const towns = await Promise.all(Array.from({ length: Number(values.repositories) }, (_, at) => liveIn(`soak-${at}`)))
await rain.stop()
await Promise.all([disturbing, weighing])
const waybill = await mortal.spare()
await order('webhooks', { mode: 'deliver', release: true })
await drained()
const counts = await Promise.all(towns.map(({ people, lived }) => tally(people, lived)))
await waybill.close()
const unseen = await place.unseen(rain.last)
report()
await sandbox.close()
await place.close()

function order(path: string, body: object): Promise<Response> {
  return fetch(`${sandbox.github.url}/_sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

async function liveIn(name: string) {
  const made: unknown = await (await order('repositories', { name })).json()
  const id = typeof made === 'object' && made !== null && 'id' in made ? Number(made.id) : 0
  const { url: github, tokens, state } = sandbox.github
  const people = createPeople({ github, jira: sandbox.jira.url, repository: `acme/${name}`, tokens })
  const installationId = state.installations[0]?.id ?? 0
  const lived: Lived[] = []
  let worst = 0
  for (let at = 1; Date.now() < end; at++) {
    const opened = (number: number) => void targets.push({ installationId, repository: { id, name }, number })
    const life = await liveOnce(people, { issue: `SHOP-${1 + (at % 9)}`, at, opened })
    worst = Math.max(worst, life.delay)
    lived.push(life)
  }
  return { people, lived, worst }
}

/** Every two seconds something else goes wrong on the way to Waybill, or on its way to GitHub. */
async function disturb({ github }: Sandbox): Promise<void> {
  const modes = ['deliver', 'double', 'shuffle', 'deliver', 'drop', 'deliver'] as const
  const faults = ['502', 'reset', 'secondary-limit-retry-after', '404-once', 'truncated-json', '401'] as const
  const calls = ['POST /graphql', 'POST /repos/*', 'PATCH /repos/*'] as const
  for (let at = 0; Date.now() < end; at++) {
    await order('webhooks', { mode: modes[at % modes.length] })
    const phase = at % 2 === 0 ? 'before' : 'after'
    await order('faults', { call: calls[at % calls.length], fault: faults[at % faults.length], phase, seconds: 1 })
    if (at % 30 === 29) await fetch(`${github.url}/_sandbox/faults`, { method: 'DELETE' })
    await pause(2000)
  }
  await fetch(`${github.url}/_sandbox/faults`, { method: 'DELETE' })
}

/** The database's size (MiB), every few seconds until the end. */
async function weigh(): Promise<void> {
  while (Date.now() < end) {
    await pause(Math.min(5000, Math.max(0, end - Date.now())))
    sizes.push({ at: Date.now(), value: (await place.size()) / 1024 / 1024 })
  }
}

/** Until Waybill has called GitHub for nothing but sweeps for ten seconds. */
async function drained(): Promise<void> {
  let seen = -1
  for (let still = 0; still < 10; still++) {
    const answer = await fetch(`${sandbox.github.url}/_sandbox/requests?by=waybill`)
    const requests = (await answer.json()) as readonly { readonly call: string }[]
    const count = requests.filter(({ call }) => /^(POST|PATCH) \/repos/.test(call)).length
    if (count !== seen) still = 0
    seen = count
    await pause(1000)
  }
}

type Place = {
  readonly environment: Readonly<Record<string, string>>
  readonly size: () => Promise<number>
  /** Subjects on which no pass began after the last delivery about them was taken in. */
  readonly unseen: (last: ReadonlyMap<string, number>) => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

async function openPlace(kind: string): Promise<Place> {
  if (kind === 'postgres') {
    const postgres = await startPostgres()
    const url = await postgres.createDatabase(randomUUID())
    const pool = new pg.Pool({ connectionString: url, max: 1 })
    const size = async () => {
      const { rows } = await pool.query('select pg_database_size(current_database())::float8 as n')
      return Number(rows[0]?.n ?? 0)
    }
    const close = async () => {
      await pool.end()
      await postgres.stop()
    }
    return { environment: { DATABASE_URL: url }, size, unseen: unseenIn({ url }), close }
  }
  const directory = await mkdtemp(join(tmpdir(), 'waybill-soak-'))
  return {
    environment: { WAYBILL_DATA: directory },
    size: () => sizeOf(directory),
    unseen: unseenIn({ directory }),
    close: () => rm(directory, { recursive: true, force: true }),
  }
}

function unseenIn(at: { readonly url: string } | { readonly directory: string }): Place['unseen'] {
  return async (last) => {
    const database = await openDatabase(at, quiet)
    const { rows } = await database.run(
      'select ref_key, (extract(epoch from begun_at) * 1000)::float8 as at from passes',
      [],
    )
    await database.close()
    const begunAt = new Map(rows.map((row) => [String(row['ref_key']), Number(row['at'])]))
    // A pass that had begun just before may have read what the delivery was about; a second is granted for the clocks.
    return [...last].filter(([key, at]) => (begunAt.get(key) ?? 0) < at - 1000).map(([key]) => key)
  }
}

async function sizeOf(directory: string): Promise<number> {
  const names = await readdir(directory, { recursive: true }).catch(() => [])
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(directory, name)).then(
        (one) => one.size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

function report(): void {
  const lived = towns.reduce((sum, town) => sum + town.lived.length, 0)
  const lost = [...counts.flatMap((one) => one.lost), ...unseen]
  const doubled = counts.flatMap((one) => one.doubled)
  const { sent, taken, refused } = rain.count()
  const deliveries = taken + sandbox.github.deliveries().length
  const minutes = (end - begun) / 60_000
  const held = mortal.memory.map((one) => one.value)
  // The tables are made in the first seconds: what they weigh is no growth.
  const later = sizes.filter((one) => one.at > begun + 15_000)
  for (const one of [...lost, ...doubled]) process.stdout.write(`${one}\n`)
  process.stdout.write(
    `${values.database}: ${deliveries} deliveries (${(taken / minutes / 60).toFixed(0)} a second of the ${values.rate} asked for; ` +
      `${refused} tries of ${sent} refused while it was down, and sent again), ${lived} changes, ${mortal.kills()} kills, ` +
      `${lost.length} lost, ${doubled.length} doubled; worst delay ${Math.max(0, ...towns.map((town) => town.worst))} ms; ` +
      `memory ${held.at(-1) ?? 0} MiB (most ${Math.max(0, ...held)}), slope ${slopeOf(mortal.memory).toFixed(1)} MiB a minute; ` +
      `database ${sizes.at(-1)?.value.toFixed(1)} MiB, slope ${slopeOf(later).toFixed(2)} MiB a minute; ` +
      `${Math.round((Date.now() - begun) / 1000)} s\n`,
  )
  process.exitCode = lost.length + doubled.length === 0 ? 0 : 1
}
