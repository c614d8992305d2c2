import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import type { Person, Program } from '../../sandbox/people/place.ts'
import type { People } from '../../sandbox/people.ts'
import { openTown, type Town } from './town.ts'

const minute = 60_000
const day = 24 * 60 * minute

function config(production: string): string {
  return `version: 1
issues: {projects: [SHOP]}
merge: {settle: 0s, approvals: 0}
release: {}
environments:
  - {name: staging, type: staging, deploy: auto}
  - {name: production, type: production, ${production}}
`
}

const byAnalysts = config('promoters: ["@acme/analysts"]')

/** Everybody's clock, as far ahead of the machine's as the tests went (ms). */
let ahead = 0
const now = () => Date.now() + ahead

function goTo(moment: number): void {
  ahead = moment - Date.now()
}

let town: Town
beforeAll(async () => {
  town = await openTown({ now })
})
afterAll(() => town.close())
afterEach(async () => {
  expect(await town.violations()).toEqual([])
})

type Change = {
  readonly issue: string
  readonly by?: Person | Program
  /** Who pushes one more commit before it is merged. */
  readonly helper?: Person
  readonly assignee?: Person
}

/** A merged pull request whose version, the nth, is live in staging. */
async function staged(people: People, nth: number, { issue, by = 'developer', helper, assignee }: Change) {
  const branch = `${issue}-change`
  const first = await people.push('developer', branch, { message: `${issue} change` })
  const pull = await people.openPull(by, { branch, title: `${issue} A change` })
  const head = helper === undefined ? first : await people.push(helper, branch, { message: `${issue} more` })
  if (assignee !== undefined) {
    await people.call('developer', `POST :repo/issues/${pull}/assignees`, { assignees: [assignee] })
  }
  await people.report(head, 'success')
  await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
  const merge = await people.merge('reviewer', pull)
  await people.report(merge, 'success')
  const staging = await deploymentTo(people, 'staging', nth)
  await people.carry(staging.id, 'success')
  await people.checkIs(merge, 'waybill/line', ({ summary }) => summary.includes('production'))
  return { pull, merge }
}

/** The nth deployment to an environment, from 1. */
async function deploymentTo(people: People, environment: string, nth: number) {
  return eventually(`deployment ${nth} to ${environment}`, async () => {
    return (await people.deployments(environment)).toReversed()[nth - 1] ?? null
  })
}

async function answered(people: People, pull: number, part: string): Promise<void> {
  await eventually(`an answer with "${part}"`, async () => {
    return (await people.comments(pull)).some(({ by, body }) => by === 'waybill[bot]' && body.includes(part)) || null
  })
}

it("whoever is assigned to a bot's pull request does not promote it; whoever merged it may", async () => {
  const people = await town.repository(config('promoters: [analyst, reviewer]'))
  const { pull, merge } = await staged(people, 1, { issue: 'SHOP-1', by: 'ci', assignee: 'analyst' })
  await people.comment('analyst', pull, '/waybill promote production')
  await answered(people, pull, "assignee of a bot's pull request")
  expect(await people.deployments('production')).toEqual([])
  await people.comment('reviewer', pull, '/waybill promote production')
  expect(await deploymentTo(people, 'production', 1)).toMatchObject({ sha: merge })
})

it('E7, E8: the word of somebody who has left the promoters since counts no more, and counts again on their return', async () => {
  const people = await town.repository(config('sign-offs: 2, promoters: ["@acme/analysts", reviewer]'))
  const { pull } = await staged(people, 1, { issue: 'SHOP-1' })
  await people.comment('analyst', pull, '/waybill sign-off production')
  await answered(people, pull, 'agreed on `v0.1.0`')
  const [team] = town.sandbox.github.state.organisations.flatMap(({ teams }) => teams)
  if (team === undefined) throw new Error('nobody is in a team')
  const members = team.members.splice(0)
  try {
    await people.comment('reviewer', pull, '/waybill promote production')
    await answered(people, pull, '2 promoters must agree on `v0.1.0` for `production`')
    expect(await people.deployments('production')).toEqual([])
  } finally {
    team.members.push(...members)
  }
  await people.comment('developer', pull, '/waybill status')
  await deploymentTo(people, 'production', 1)
})

it('E5, E7: a sign-off is for one version; who pushes to a change of the next one gives no word for that', async () => {
  const people = await town.repository(config('sign-offs: 2, promoters: [analyst, reviewer]'))
  const first = await staged(people, 1, { issue: 'SHOP-1' })
  await people.comment('analyst', first.pull, '/waybill sign-off production')
  await answered(people, first.pull, 'agreed on `v0.1.0`')
  const second = await staged(people, 2, { issue: 'SHOP-2', helper: 'analyst' })
  await people.comment('reviewer', second.pull, '/waybill promote production')
  await answered(people, second.pull, '2 promoters must agree on `v0.1.1` for `production`')
  await people.comment('analyst', second.pull, '/waybill sign-off production')
  await answered(people, second.pull, 'analyst is an implementer of `v0.1.1`')
  expect(await people.deployments('production')).toEqual([])
  // The older version holds nothing of theirs.
  await people.comment('reviewer', first.pull, '/waybill promote production v0.1.0')
  expect(await deploymentTo(people, 'production', 1)).toMatchObject({ sha: first.merge, ref: 'v0.1.0' })
})

it('E9, E11: a freeze that begins while a version soaks ends the wish with the next opening', async () => {
  const opens = Math.floor(now() / day) * day + 3 * day
  const freeze = `{from: "${dated(opens - day)}", to: "${dated(opens)}", timezone: UTC, reason: the fair}`
  const people = await town.repository(config(`promoters: ["@acme/analysts"], soak: 30m, freeze: [${freeze}]`))
  goTo(opens - day - 20 * minute)
  const { pull } = await staged(people, 1, { issue: 'SHOP-1' })
  await people.comment('analyst', pull, '/waybill promote production')
  await answered(people, pull, 'It waits.')
  goTo(opens - day + 11 * minute)
  await answered(people, pull, `frozen: the fair`)
  await answered(people, pull, `It opens at ${dated(opens)} UTC. Ask again then.`)
  goTo(opens)
  await people.comment('developer', pull, '/waybill anything-else')
  await answered(people, pull, 'There is no command `anything-else`')
  expect(await people.deployments('production')).toEqual([])
})

it('E12: a hold stops nothing that is on its way, and everything after it', async () => {
  const people = await town.repository(byAnalysts)
  const first = await staged(people, 1, { issue: 'SHOP-1' })
  await people.comment('analyst', first.pull, '/waybill promote production')
  const running = await deploymentTo(people, 'production', 1)
  await people.carry(running.id, 'in_progress')
  await people.comment('reviewer', first.pull, '/waybill hold production stock-taking')
  await answered(people, first.pull, '`production` is held, as reviewer asked')
  await people.carry(running.id, 'success')
  await eventually('it to be live', async () => {
    return (await people.comments(first.pull)).some(({ body }) => /\| production \|.*success/.test(body)) || null
  })
  const second = await staged(people, 2, { issue: 'SHOP-2' })
  await people.comment('analyst', second.pull, '/waybill promote production')
  await answered(people, second.pull, 'It waits.')
  expect(await people.deployments('production')).toHaveLength(1)
  await people.comment('analyst', second.pull, '/waybill unhold production')
  expect(await deploymentTo(people, 'production', 2)).toMatchObject({ sha: second.merge })
  // Staging names no promoters: whoever may write lets it go on, once it is known what they pushed.
  await people.comment('reviewer', second.pull, '/waybill hold staging stock-taking')
  await answered(people, second.pull, '`staging` is held, as reviewer asked')
  await people.comment('reviewer', second.pull, '/waybill unhold staging')
  await answered(people, second.pull, '`staging` goes on, as reviewer asked')
})

it('E19: a rollback where nothing was good before is refused, and takes nothing away', async () => {
  const people = await town.repository(byAnalysts)
  const { pull } = await staged(people, 1, { issue: 'SHOP-1' })
  await people.comment('developer', pull, '/waybill rollback production it is broken')
  await answered(people, pull, 'Refused.')
  await people.comment('analyst', pull, '/waybill promote production')
  await people.carry((await deploymentTo(people, 'production', 1)).id, 'success')
  await people.comment('developer', pull, '/waybill rollback production it is broken')
  const refused = () => people.comments(pull).then((all) => all.filter(({ body }) => body.startsWith('Refused.')))
  await eventually('a second refusal', async () => ((await refused()).length === 2 ? true : null))
  expect(await people.deployments('production')).toHaveLength(1)
  expect((await refused()).map(({ body }) => body.split('\n')[0])).toMatchInlineSnapshot(`
    [
      "Refused. No earlier version was live and good in \`production\`.",
      "Refused. No earlier version was live and good in \`production\`.",
    ]
  `)
})

it('X45: a tag that is deleted while its version is on its way keeps nothing from ending, and freezes what comes after it', async () => {
  const people = await town.repository(byAnalysts)
  const first = await staged(people, 1, { issue: 'SHOP-1' })
  await people.comment('analyst', first.pull, '/waybill promote production')
  const running = await deploymentTo(people, 'production', 1)
  await people.carry(running.id, 'in_progress')
  await people.call('admin', 'DELETE :repo/git/refs/tags/v0.1.0')
  await people.carry(running.id, 'success')
  await eventually('it to be live', async () => {
    return (await people.comments(first.pull)).some(({ body }) => /\| production \|.*success/.test(body)) || null
  })
  const branch = 'SHOP-2-change'
  const head = await people.push('developer', branch)
  const pull = await people.openPull('developer', { branch, title: 'SHOP-2 A change' })
  await people.report(head, 'success')
  await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
  const merge = await people.merge('developer', pull)
  await people.report(merge, 'success')
  expect(await eventually('the next version', () => people.commitAt('developer', 'refs/tags/v0.1.1'))).toBe(merge)
  await people.comment('developer', pull, '/waybill status')
  await answered(people, pull, 'Put it back')
  expect(await people.deployments('staging')).toHaveLength(1)
  await people.call('admin', 'POST :repo/git/refs', { ref: 'refs/tags/v0.1.0', sha: first.merge })
  await people.carry((await deploymentTo(people, 'staging', 2)).id, 'success')
  await answered(people, pull, '`v0.1.1` is ready for `production`')
  await people.comment('analyst', pull, '/waybill promote production')
  expect(await deploymentTo(people, 'production', 2)).toMatchObject({ sha: merge })
})

/** As the configuration and the answers write it. */
function dated(moment: number): string {
  return new Date(moment).toISOString().slice(0, 16).replace('T', ' ')
}
