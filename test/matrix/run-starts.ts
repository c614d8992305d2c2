import pg from 'pg'
import { eventually } from '../../sandbox/eventually.ts'
import type { People } from '../../sandbox/people.ts'
import { startSandbox } from '../../sandbox/start-sandbox.ts'
import { EnvironmentRefused } from '../../src/env.ts'
import { type Running, start } from '../../src/main.ts'
import { hastyPace } from '../hasty-pace.ts'
import { allCases, type Case, grouped, lineOf, pick } from './cases.ts'
import { createOrder, liftLimits, type Order, peopleIn, type Stage } from './open-stage.ts'
import { ofStarts } from './record-calls.ts'
import { patience } from './roads/steps.ts'
import { type MatrixOptions, type Outcome, secondsOf, secretsIn } from './run-matrix.ts'

type Place = {
  readonly sandbox: Awaited<ReturnType<typeof startSandbox>>
  readonly order: Order
  readonly people: People
  readonly database: Stage['database']
  readonly lines: string[]
}

/** More often than this a supervisor would not have to start it again. */
const mostStarts = 5

/**
 * What Waybill calls when it starts and sweeps, with each fault: while it was away a pull request was opened, whose webhooks
 * all failed; after the start its gate passes, once, and GitHub has delivered what failed.
 */
export async function runStarts(
  { database }: Pick<Stage, 'database'>,
  options: MatrixOptions,
): Promise<{
  readonly outcomes: readonly Outcome[]
  readonly calls: readonly string[]
  readonly secrets: readonly string[]
}> {
  const sandbox = await startSandbox({})
  const order = createOrder(sandbox)
  await liftLimits(order)
  const place: Place = { sandbox, order, people: peopleIn(sandbox, 'shop'), database, lines: [] }
  try {
    await liveThrough(place, [], 0)
    const calls = [...new Set(await called(place))].filter((call) => ofStarts.test(call)).toSorted()
    const groups = grouped(pick(allCases(calls, options), options), options.together)
    const outcomes: Outcome[] = []
    for (const [at, group] of groups.entries()) {
      const lived = await liveThrough(place, group, at + 1)
      outcomes.push(...lived)
      options.report(lineOf(lived))
    }
    return { outcomes, calls, secrets: secretsIn(place) }
  } finally {
    await sandbox.close()
  }
}

async function liveThrough(place: Place, group: readonly Case[], at: number): Promise<readonly Outcome[]> {
  const { sandbox, order, people } = place
  const branch = `SHOP-${1 + (at % 9)}-start-${at}`
  await order('webhooks', { url: 'http://127.0.0.1:9/nobody' })
  await fetch(`${sandbox.github.url}/_sandbox/requests`, { method: 'DELETE' })
  const head = await people.push('developer', branch)
  const pull = await people.openPull('developer', { branch, title: `${branch} A change` })
  await people.report(head, 'success')
  await people.review('reviewer', pull)
  const ordered: number[] = []
  for (const one of group) ordered.push(idOf(await order('faults', { ...one, seconds: secondsOf(one.fault) })))
  const broken = await startAndLook(place, head).catch((error: unknown) => {
    return [`the start stood still: ${error instanceof Error ? error.message : String(error)}`]
  })
  const struck = await struckOf(place)
  const calls = (await called(place)).length
  await fetch(`${sandbox.github.url}/_sandbox/faults`, { method: 'DELETE' })
  await people.call('admin', `PATCH :repo/pulls/${pull}`, { state: 'closed' })
  await people.call('admin', `DELETE :repo/git/refs/heads/${branch}`)
  return group.map((one, nth) => ({ ...one, struck: struck.has(ordered[nth] ?? 0), broken, calls }))
}

async function startAndLook(place: Place, head: string): Promise<readonly string[]> {
  const { sandbox, people, order } = place
  const url = await place.database()
  const waybill = await startAgainAndAgain(place, url)
  try {
    await order('webhooks', { url: `${waybill.url}/api/github/webhooks` })
    await eventually(
      'a green gate',
      async () => ((await people.check(head, 'waybill/gate'))?.conclusion === 'success' ? true : null),
      patience.within,
      patience.every,
    )
    const failed = await eventually(
      'what failed to be delivered',
      async () => {
        const all = sandbox.github.deliveries().filter((one) => JSON.stringify(one.envelope.payload).includes(head))
        const taken = all.filter((one) => one.statusCode === 202).map((one) => one.envelope.guid)
        // One that was kept a little too late was refused, and is not asked for again.
        const done = new Set([...taken, ...(await keptIn(url))])
        return all.every((one) => done.has(one.envelope.guid)) ? all.length : null
      },
      patience.within,
      patience.every,
    )
    const runs = JSON.stringify(await people.call('developer', `GET :repo/commits/${head}/check-runs?filter=all`))
    const gates = runs.split('"name":"waybill/gate"').length - 1
    return [...(gates === 1 ? [] : [`I2: ${gates} gates`]), ...(failed > 0 ? [] : ['I1: no delivery had failed'])]
  } finally {
    await waybill.close()
  }
}

/** A token that GitHub refuses for the App itself ends the process, and a supervisor starts it again. */
async function startAgainAndAgain({ sandbox, lines }: Place, url: string): Promise<Running> {
  const variables = { ...sandbox.environment(), DATABASE_URL: url, PORT: '0', LOG_LEVEL: 'debug' }
  const log = { write: (line: string) => void lines.push(line) }
  const queue = { sweepEvery: 1000, longestPause: 1000 }
  for (let tries = 1; ; tries++) {
    try {
      return await start(variables, { pace: { ...hastyPace, timeout: 1500 }, queue, log })
    } catch (error) {
      if (tries === mostStarts || !(error instanceof EnvironmentRefused)) throw error
    }
  }
}

async function keptIn(url: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ id: string }>('select id from deliveries')
  await client.end()
  return rows.map((row) => row.id)
}

async function called({ sandbox }: Place): Promise<readonly string[]> {
  const answer = await fetch(`${sandbox.github.url}/_sandbox/requests?by=waybill`)
  return ((await answer.json()) as readonly { readonly call: string }[]).map((one) => one.call)
}

async function struckOf({ sandbox }: Place): Promise<ReadonlySet<number>> {
  const answer = await fetch(`${sandbox.github.url}/_sandbox/faults`)
  const faults = (await answer.json()) as readonly { readonly id: number; readonly struck: number }[]
  return new Set(faults.filter((fault) => fault.struck > 0).map((fault) => fault.id))
}

function idOf(made: unknown): number {
  return typeof made === 'object' && made !== null && 'id' in made ? Number(made.id) : 0
}
