import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import type { People } from '../../sandbox/people.ts'
import { openTown, type Town } from './town.ts'

const minute = 60_000
const hour = 60 * minute

const soaking = `version: 1
issues: {projects: [SHOP]}
merge: {settle: 0s, approvals: 0}
release: {}
environments:
  - {name: staging, type: staging, deploy: auto}
  - {name: production, type: production, promoters: ["@acme/analysts"], soak: 30m}
`

const freezing = `version: 1
issues: {projects: [SHOP]}
merge: {settle: 0s, approvals: 0}
release: {}
environments:
  - {name: staging, type: staging, deploy: auto}
  - name: production
    type: production
    promoters: ["@acme/analysts"]
    freeze: [{from: "Sun 01:30", to: "Sun 04:30", timezone: Europe/Berlin, reason: the night of the clocks}]
`

/** Everybody's clock: the machine's, moved ahead, or standing still while something is asked at an exact moment. */
const clock = { ahead: 0, still: null as number | null }
const now = () => clock.still ?? Date.now() + clock.ahead

function standAt(moment: number): void {
  clock.still = moment
}

function goOn(): void {
  if (clock.still !== null) clock.ahead = clock.still - Date.now()
  clock.still = null
}

let town: Town
beforeAll(async () => {
  town = await openTown({ now })
})
afterAll(() => town.close())
// A test that fails leaves the others no clock that stands still.
afterEach(goOn)

/** A merged pull request of the developer's that is live in staging; and since when (ms, UTC). */
async function staged(people: People, issue: string) {
  const branch = `${issue}-change`
  const head = await people.push('developer', branch, { message: `${issue} change` })
  const pull = await people.openPull('developer', { branch, title: `${issue} A change` })
  await people.report(head, 'success')
  await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
  const merge = await people.merge('developer', pull)
  await people.report(merge, 'success')
  const [staging] = await eventually('staging', async () => {
    const there = await people.deployments('staging')
    return there.length === 0 ? null : there
  })
  if (staging === undefined) throw new Error('nothing was deployed')
  await people.carry(staging.id, 'success')
  const statuses = await people.call('developer', `GET :repo/deployments/${staging.id}/statuses`)
  const success = Array.isArray(statuses) ? statuses.find((one) => one.state === 'success') : undefined
  return { pull, since: Date.parse(success.created_at) }
}

async function answerTo(people: People, pull: number, part: string) {
  return eventually(`an answer with ${part}`, async () => {
    return (await people.comments(pull)).find((comment) => comment.body.includes(part)) ?? null
  })
}

/** As the answers write it. */
function shown(moment: number): string {
  return `${new Date(moment).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

it('E9: a version that soaked 29:59 waits and says until when; at 30:00 it goes on by itself', async () => {
  const people = await town.repository(soaking)
  const { pull, since } = await staged(people, 'SHOP-1')
  standAt(since + 30 * minute - 1000)
  await people.comment('analyst', pull, '/waybill promote production')
  await answerTo(people, pull, `when it stays there until ${shown(since + 30 * minute)}`)
  expect(await people.deployments('production')).toEqual([])
  standAt(since + 30 * minute)
  await eventually('production', async () => (await people.deployments('production'))[0] ?? null)
  goOn()
  expect(await town.violations()).toEqual([])
})

it('E11: where the clocks go forward, a freeze ends by the clock on the wall, an hour sooner; where they go back, an hour later', async () => {
  const people = await town.repository(freezing)
  const { pull } = await staged(people, 'SHOP-2')
  const year = new Date(now()).getUTCFullYear() + 1
  const forward = lastSunday(year, 2)
  standAt(forward + 30 * minute)
  await people.comment('analyst', pull, '/waybill promote production')
  await answerTo(people, pull, `opens at ${shown(forward + 2.5 * hour)}`)
  const back = lastSunday(year, 9)
  standAt(back + 3.5 * hour - 1000)
  await people.comment('analyst', pull, '/waybill promote production')
  await answerTo(people, pull, `opens at ${shown(back + 3.5 * hour)}`)
  expect(await people.deployments('production')).toEqual([])
  standAt(back + 3.5 * hour)
  await people.comment('analyst', pull, '/waybill promote production')
  await eventually('production', async () => (await people.deployments('production'))[0] ?? null)
  goOn()
  expect(await town.violations()).toEqual([])
})

/** 00:00 UTC of the day on which the European Union moves its clocks, at 01:00 UTC. `month` from 0. */
function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month + 1, 0))
  return last.getTime() - last.getUTCDay() * 24 * hour
}
