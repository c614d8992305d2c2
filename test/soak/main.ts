import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createPeople } from '../../sandbox/people.ts'
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.ts'
import { createOrder, liftLimits } from '../matrix/open-stage.ts'
import { type Lived, liveOnce, tally } from './lives.ts'
import { startMortal } from './mortal.ts'
import { openPlace } from './place.ts'
import type { Target } from './post-review.ts'
import { letItRain } from './rain.ts'
import { report } from './report.ts'
import type { Sample } from './slope.ts'

/**
 * `npm run soak -- --minutes 10 --database postgres|embedded --rate 50`: changes travel while Waybill is killed every few
 * seconds, calls of GitHub go wrong, and deliveries come doubled, late, shuffled or not at all. Ends with counts, and not
 * with 0 where anything is lost or there twice.
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
const sandbox = await startSandbox({})
const order = createOrder(sandbox)
const place = await openPlace(values.database)
await liftLimits(order)
const mortal = startMortal(sandbox, { ...place.environment, LOG_LEVEL: 'fatal' })
const targets: Target[] = []
const rain = letItRain({
  url: () => sandbox.waybillUrl,
  secret: sandbox.webhookSecret,
  rate: Number(values.rate),
  targets: () => targets.slice(-20),
  up: mortal.up,
})
const rained = until(end).then(rain.stop)
const disturbing = disturb(sandbox)
const sizes: Sample[] = []
const weighing = weigh()
const towns = await Promise.all(Array.from({ length: Number(values.repositories) }, (_, at) => liveIn(`soak-${at}`)))
await Promise.all([disturbing, weighing])
const waybill = await mortal.spare()
await rained
const fell = (Date.now() - begun) / 1000
await order('webhooks', { mode: 'deliver', release: true })
await drained()
const counts = await Promise.all(towns.map(({ people, lived }) => tally(people, lived)))
await waybill.close()
const unseen = await place.unseen(rain.last)
report({
  database: values.database,
  rate: values.rate,
  begun,
  fell,
  towns,
  counts,
  unseen,
  rain,
  mortal,
  sizes,
  sandbox,
})
await sandbox.close()
await place.close()

function until(time: number): Promise<void> {
  return pause(Math.max(0, time - Date.now()))
}

async function liveIn(name: string) {
  const made: unknown = await order('repositories', { name })
  const id = typeof made === 'object' && made !== null && 'id' in made ? Number(made.id) : 0
  const { url: github, tokens, state } = sandbox.github
  const people = createPeople({ github, jira: sandbox.jira.url, repository: `acme/${name}`, tokens })
  const installationId = state.installations[0]?.id ?? 0
  const opened = (number: number) => void targets.push({ installationId, repository: { id, name }, number })
  const lived: Lived[] = []
  for (let at = 1; Date.now() < end; at++) {
    try {
      lived.push(await liveOnce(people, { issue: `SHOP-${1 + (at % 9)}`, at, opened }))
    } catch (error) {
      return { people, lived, stood: [`${name}: ${error instanceof Error ? error.message : String(error)}`] }
    }
  }
  return { people, lived, stood: [] }
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
    if (at % 30 === 29) {
      for (const what of ['faults', 'requests']) await fetch(`${github.url}/_sandbox/${what}`, { method: 'DELETE' })
    }
    await pause(2000)
  }
  await fetch(`${github.url}/_sandbox/faults`, { method: 'DELETE' })
}

/** The database's size (MiB), every few seconds until the end. */
async function weigh(): Promise<void> {
  while (Date.now() < end) {
    await until(Math.min(Date.now() + 5000, end))
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
