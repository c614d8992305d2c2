import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import type { People } from '../../sandbox/people.ts'
import { startPostgres } from '../postgres.ts'
import { sharedPostgres } from '../shared-postgres.ts'
import { openWire } from '../wire.ts'
import { openTown, type Town } from './town.ts'

const patience = 60_000

/** A pull request that only lacks its review. */
async function proposed(people: People) {
  const head = await people.push('developer', 'SHOP-1-outage')
  const pull = await people.openPull('developer', { branch: 'SHOP-1-outage', title: 'SHOP-1 Outage' })
  await people.report(head, 'success')
  await people.checkIs(head, 'waybill/gate', (check) => check.summary.includes('No approval yet'))
  return { head, pull }
}

/** How the first attempt to deliver a review of this repository was answered. */
function answered({ sandbox }: Town, people: People): Promise<number> {
  const first = async () => {
    const reviews = sandbox.github.deliveries().filter(({ envelope }) => {
      const { event, body } = envelope
      return event === 'pull_request_review' && body.includes(`"full_name":"${people.repository}"`)
    })
    return reviews.at(-1)?.statusCode ?? null
  }
  return eventually('an attempt to deliver a review', first, patience)
}

/** Whatever comes first after an outage, until one is taken: then what was refused comes again, and the gate passes. */
async function passes(people: People, head: string): Promise<void> {
  let next = 0
  await eventually(
    'a green gate',
    async () => {
      next += 1
      await people.push('developer', `SHOP-2-next-${next}`)
      return (await people.check(head, 'waybill/gate'))?.conclusion === 'success' ? true : null
    },
    patience,
    1000,
  )
}

it.concurrent('F13: PostgreSQL dies and comes back: what came meanwhile was refused, comes again, and the change goes on', async () => {
  const postgres = await startPostgres()
  const town = await openTown({ url: postgres.url })
  try {
    const people = await town.repository()
    const { head, pull } = await proposed(people)
    await postgres.crash()
    await people.review('reviewer', pull)
    expect(await answered(town, people)).toBe(503)
    expect((await fetch(`${town.waybill.url}/readyz`)).status).toBe(503)
    await postgres.start()
    await passes(people, head)
    expect((await fetch(`${town.waybill.url}/readyz`)).status).toBe(200)
  } finally {
    await town.close()
    await postgres.stop()
  }
}, 180_000)

it.concurrent('F13: connections that are dead and do not say so: a delivery that meets one is refused in time, comes again, and the change goes on', async () => {
  const server = new URL(await (await sharedPostgres()).createDatabase(randomUUID()))
  const wire = await openWire(Number(server.port))
  // As usual, but for the half minute that a statement may take.
  server.searchParams.set('query_timeout', '1500')
  server.port = String(wire.port)
  const town = await openTown({ url: server.href })
  try {
    const people = await town.repository()
    const { head, pull } = await proposed(people)
    wire.cut()
    await people.review('reviewer', pull)
    // Where all of them are in use a new one is opened, which is whole.
    expect([202, 503]).toContain(await answered(town, people))
    await passes(people, head)
  } finally {
    await town.close()
    wire.close()
  }
}, 180_000)
