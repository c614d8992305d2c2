import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import type { People } from '../../sandbox/people.ts'
import { openTown, type Town } from './town.ts'

/** A webhook only says where to look: lost, doubled, late or reordered deliveries change nothing but the delay. */
let town: Town
beforeAll(async () => {
  town = await openTown({ sweepEvery: 1000 })
})
afterAll(() => town.close())

async function travel(people: People, issue: string) {
  const branch = `${issue}-change`
  const head = await people.push('developer', branch)
  const pull = await people.openPull('developer', { branch, title: `${issue} A change` })
  await people.report(head, 'in_progress')
  await people.report(head, 'success')
  await people.review('reviewer', pull)
  await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
  const merge = await people.merge('developer', pull)
  await people.report(merge, 'success')
  const deployment = await eventually('a deployment', async () => (await people.deployments('staging'))[0] ?? null)
  await people.carry(deployment.id, 'success')
  await eventually('the comment to say success', async () => {
    return (await people.comments(pull)).find((comment) => /\| staging \|.*success/.test(comment.body)) ?? null
  })
  return { issue, head, pull, merge }
}

/** What people see of it, at GitHub and in Jira, once all of it is there: Jira is told aside. */
async function wholeOf(people: People, made: Awaited<ReturnType<typeof travel>>): Promise<void> {
  await expect.poll(() => shownOf(people, made)).toEqual(whole)
}

async function shownOf(people: People, { issue, head, pull, merge }: Awaited<ReturnType<typeof travel>>) {
  const { branches = [], pullRequests = [], builds = [], deployments = [] } = await people.issue(issue)
  return {
    gate: (await people.check(head, 'waybill/gate'))?.conclusion,
    tag: (await people.commitAt('developer', 'refs/tags/v0.1.0')) === merge,
    releases: (await people.releases()).map((release) => release.tag),
    comments: (await people.comments(pull)).filter(({ body }) => body.startsWith('Released as')).length,
    deployments: (await people.deployments('staging')).length,
    jira: [branches.length > 0, pullRequests.length > 0, builds.length > 0, deployments.length > 0],
  }
}

const whole = {
  gate: 'success',
  tag: true,
  releases: ['v0.1.0'],
  comments: 1,
  deployments: 1,
  jira: [true, true, true, true],
}

describe.concurrent('deliveries', () => {
  it('F1, F2: doubled, they come to the same end', async () => {
    const people = await town.repository()
    await town.webhooks({ mode: 'double' }, people)
    await wholeOf(people, await travel(people, 'SHOP-2'))
  })

  it('F20, X8: all of them lost, the sweep comes to the same end, and obeys a command once', async () => {
    const people = await town.repository()
    await town.webhooks({ mode: 'drop' }, people)
    const branch = 'SHOP-6-change'
    const head = await people.push('developer', branch)
    const pull = await people.openPull('developer', { branch, title: 'SHOP-6 A change' })
    await people.report(head, 'success')
    await people.review('reviewer', pull)
    await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
    const merge = await people.merge('developer', pull)
    await people.report(merge, 'success')
    const deployment = await eventually('a deployment', async () => (await people.deployments('staging'))[0] ?? null)
    expect(deployment.sha).toBe(merge)
    // A command is heard of too, from the comments themselves.
    await people.carry(deployment.id, 'success')
    await people.comment('analyst', pull, '/waybill promote production')
    const production = await eventually('production', async () => (await people.deployments('production'))[0] ?? null)
    expect(production.sha).toBe(merge)
    await town.webhooks({ mode: 'deliver' }, people)
  })

  it('Q6: a second look at an unchanged world writes nothing', async () => {
    const people = await town.repository()
    const { pull } = await travel(people, 'SHOP-8')
    // Each sweep looks at a line while something is under way there.
    await people.comment('analyst', pull, '/waybill promote production')
    await eventually('production', async () => (await people.deployments('production'))[0] ?? null)
    const quiet = async () => {
      const before = (await town.requests(people)).length
      const calls = await eventually('three looks at the line', async () => {
        const seen = (await town.requests(people)).slice(before).map((request) => request.call)
        return seen.filter((call) => call.includes('WaybillLine')).length >= 3 ? seen : null
      })
      const written = calls.filter((call) => !/^(GET |POST \/graphql|POST \/app\/installations)/.test(call))
      return written.length === 0 ? written : null
    }
    expect(await eventually('three looks in a row without a write', quiet)).toEqual([])
  })
})

// Those of others would come between.
describe('deliveries, with nobody beside', () => {
  it('F1, F2: shuffled, they come to the same end', async () => {
    const people = await town.repository()
    await town.webhooks({ mode: 'shuffle' })
    const made = await travel(people, 'SHOP-4')
    await town.webhooks({ mode: 'deliver' })
    await wholeOf(people, made)
  })

  it('F22: what GitHub could not deliver is asked for again, once each, and nothing that was stored', async () => {
    const people = await town.repository()
    await town.webhooks({ url: 'http://127.0.0.1:9/nobody' })
    const branch = 'SHOP-3-change'
    await people.push('developer', branch)
    await people.openPull('developer', { branch, title: 'SHOP-3 A change' })
    const undelivered = await eventually('the failures', async () => {
      const failed = town.sandbox.github.deliveries().filter((one) => one.statusCode === 0 || one.statusCode >= 500)
      return failed.length >= 3 ? failed : null
    })
    await town.webhooks({ url: `${town.waybill.url}/api/github/webhooks` })
    const again = await eventually('all of them again', async () => {
      // Some may have been asked for before the address was right again: they failed once more, and have their turn later.
      const redelivered = town.sandbox.github.deliveries().filter((one) => one.envelope.redelivery)
      const back = new Set(redelivered.map((one) => one.envelope.guid))
      return undelivered.every((one) => back.has(one.envelope.guid)) ? redelivered : null
    })
    expect(new Set(again.map((one) => one.envelope.guid)).size).toBe(again.length)
  })
})
