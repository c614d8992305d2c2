import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import type { People } from '../../sandbox/people.ts'
import { openTown, type Town } from './town.ts'

const config = `version: 1
issues: {projects: [SHOP]}
merge: {settle: 0s, approvals: 0}
release: {}
environments:
  - {name: rush, type: development, kind: rush, lease: 4h}
`

const gated = `version: 1
issues: {projects: [SHOP]}
merge: {settle: 0s, approvals: 0}
release: {}
environments:
  - {name: staging, type: staging, deploy: auto}
  - {name: production, type: production, promoters: ["@acme/analysts"]}
`

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town.close())

async function green(people: People, issue: string) {
  const branch = `${issue}-change`
  const head = await people.push('developer', branch, { message: `${issue} change` })
  const pull = await people.openPull('developer', { branch, title: `${issue} A change` })
  await people.report(head, 'success')
  return { branch, head, pull }
}

async function deploymentOf(people: People, sha: string) {
  return eventually(`${sha.slice(0, 7)} to come to rush`, async () => {
    return (await people.deployments('rush')).find((one) => one.sha === sha) ?? null
  })
}

async function saidOn(people: People, pull: number, words: string) {
  return eventually(`a comment with "${words}"`, async () => {
    return (await people.comments(pull)).find((comment) => comment.body.includes(words)) ?? null
  })
}

/** What Waybill's protection rule said to a job, with that state. */
async function reportOf(people: People, run: number, state: 'pending' | 'approved' | 'rejected'): Promise<string> {
  return eventually(`run ${run} to be ${state}`, async () => {
    const reports = await people.call('developer', `GET :repo/actions/runs/${run}/approvals`)
    const found = Array.isArray(reports) ? reports.find((one) => one.state === state) : undefined
    return found === undefined ? null : String(found.comment)
  })
}

it.concurrent('E24: a rush box is leased, waited for, taken over when its pull request is closed, given back, and gets the line again', async () => {
  const people = await town.repository(config)
  const first = await green(people, 'SHOP-1')
  await people.checkIs(first.head, 'waybill/gate', (check) => check.conclusion === 'success')
  const merge = await people.merge('developer', first.pull)
  await people.report(merge, 'success')

  const [one, two] = [await green(people, 'SHOP-2'), await green(people, 'SHOP-3')]
  await people.comment('outsider', one.pull, '/waybill deploy rush').catch(() => null)
  await people.comment('developer', one.pull, '/waybill deploy rush')
  const tried = await deploymentOf(people, one.head)
  expect(tried.ref).toBe(one.head)
  await people.carry(tried.id, 'success', 'https://rush.shop.example')
  const living = await saidOn(people, one.pull, 'there until')
  expect(living.body).toContain('[look at it](https://rush.shop.example)')
  await eventually('Jira to show the try-out', async () => {
    const { deployments = [] } = await people.issue('SHOP-2')
    return deployments.find((shown) => shown['state'] === 'successful') ?? null
  })

  await people.comment('reviewer', two.pull, '/waybill deploy rush')
  expect((await saidOn(people, two.pull, 'It waits')).body).toContain(`#${one.pull} has \`rush\``)
  expect(await people.deployments('rush')).toHaveLength(1)
  await people.call('developer', `PATCH :repo/pulls/${one.pull}`, { state: 'closed' })
  const next = await deploymentOf(people, two.head)
  await saidOn(people, two.pull, 'The head of')
  await people.carry(next.id, 'success')
  await saidOn(people, two.pull, 'there until')
  await saidOn(people, one.pull, 'over: the box is for others')

  await people.comment('reviewer', two.pull, '/waybill free rush')
  await saidOn(people, two.pull, 'is given back')
  expect(await deploymentOf(people, merge)).toMatchObject({ ref: 'v0.1.0' })
  await saidOn(people, two.pull, 'over: the box is for others')
  expect(await town.violations()).toEqual([])
})

it.concurrent('E23: a job of GitHub Actions is refused, answered when it was waiting, and let through, and its record is the deployment', async () => {
  const people = await town.repository(gated)
  const first = await green(people, 'SHOP-4')
  await people.checkIs(first.head, 'waybill/gate', (check) => check.conclusion === 'success')
  const merge = await people.merge('developer', first.pull)
  await people.report(merge, 'success')
  await eventually('v0.1.0', () => people.commitAt('developer', 'refs/tags/v0.1.0'))
  const [staging] = await eventually('staging', async () => {
    const there = await people.deployments('staging')
    return there.length === 0 ? null : there
  })
  if (staging === undefined) throw new Error('nothing was deployed')

  const early = await town.startRun(people, { by: 'analyst', environment: 'production', ref: 'v0.1.0' })
  expect(await reportOf(people, early, 'pending')).toContain('is still being deployed to `staging`')
  const refused = await town.startRun(people, { by: 'developer', environment: 'production', ref: 'v0.1.0' })
  expect(await reportOf(people, refused, 'rejected')).toContain('implementer')
  expect(await people.call('developer', `GET :repo/actions/runs/${refused}`)).toMatchObject({ conclusion: 'failure' })

  await people.carry(staging.id, 'success')
  const run = await town.startRun(people, { by: 'analyst', environment: 'production', ref: 'v0.1.0' })
  expect(await reportOf(people, run, 'approved')).toContain('every rule of promotion is content')
  await town.endRun(people, run, 'success')
  await saidOn(people, first.pull, '| production | ✅ success')
  await people.comment('outsider', first.pull, '/waybill status').catch(() => null)
  await people.comment('developer', first.pull, '/waybill status')
  await saidOn(people, first.pull, 'is live everywhere')
  const shown = await town.program('status', people.repository, '--json')
  expect(JSON.parse(shown)).toMatchObject({
    environments: [
      { name: 'staging', live: { version: 'v0.1.0' } },
      { name: 'production', live: { version: 'v0.1.0' } },
    ],
    versions: [{ version: 'v0.1.0', issues: ['SHOP-4'] }],
    differences: [{ from: 'staging', to: 'production', changes: [] }],
  })
  expect(await town.violations()).toEqual([])
})
