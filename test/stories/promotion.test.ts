import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import type { People } from '../../sandbox/people.ts'
import { openTown, type Town } from './town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown({ embedded: true })
})
afterAll(() => town.close())
afterEach(async () => {
  expect(await town.violations()).toEqual([])
})

/** A merged pull request of the developer's, green and deployed to staging. `gate`: how it came past the gate. */
async function staged(people: People, issue: string, nth: number) {
  const branch = `${issue}-change`
  const head = await people.push('developer', branch, { message: `${issue} change` })
  const pull = await people.openPull('developer', { branch, title: `${issue} A change` })
  await people.report(head, 'success')
  await people.review('reviewer', pull)
  await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
  const merge = await people.merge('developer', pull)
  await people.report(merge, 'success')
  const staging = await deploymentTo(people, 'staging', nth)
  await people.carry(staging.id, 'success')
  return { pull, merge }
}

/** The nth deployment to an environment, from 1. */
async function deploymentTo(people: People, environment: string, nth: number) {
  return eventually(`deployment ${nth} to ${environment}`, async () => {
    return (await people.deployments(environment)).toReversed()[nth - 1] ?? null
  })
}

async function answerTo(people: People, pull: number, part: string) {
  return eventually(`an answer with ${part}`, async () => {
    return (await people.comments(pull)).find((comment) => comment.body.includes(part)) ?? null
  })
}

describe.concurrent('the button on the merge', () => {
  it('promotes the same commit for whom the rules let, refuses its author, and is answered once on the pull request', async () => {
    const people = await town.repository()
    const { pull, merge } = await staged(people, 'SHOP-1', 1)
    await people.checkIs(merge, 'waybill/line', ({ summary }) => summary.includes('presses the button here'))
    await people.press('developer', merge, 'waybill/line', 'promote:production')
    await answerTo(people, pull, 'Refused.')
    expect(await people.deployments('production')).toEqual([])
    await people.press('analyst', merge, 'waybill/line', 'promote:production')
    const production = await deploymentTo(people, 'production', 1)
    expect(production).toMatchObject({ sha: merge, ref: 'v0.1.0' })
    await people.carry(production.id, 'success')
    await answerTo(people, pull, 'as analyst asked')
    const said = (await people.comments(pull)).filter(({ body }) => /^Refused|as analyst asked/.test(body))
    expect(said.map(({ body }) => body.split('.')[0])).toHaveLength(2)
  })
})

describe.concurrent('a version that went wrong', () => {
  it('E16 to E20: fails, is tried again, is rolled back for good, and only a newer one by hand goes on; a hold stops that too', async () => {
    const people = await town.repository()
    const first = await staged(people, 'SHOP-1', 1)
    await answerTo(people, first.pull, '@acme/analysts: `v0.1.0` is ready for `production`')
    await people.comment('analyst', first.pull, '/waybill promote production')
    await people.carry((await deploymentTo(people, 'production', 1)).id, 'success')

    const second = await staged(people, 'SHOP-2', 2)
    await people.comment('analyst', second.pull, '/waybill promote production')
    const failing = await deploymentTo(people, 'production', 2)
    await people.carry(failing.id, 'failure')
    await answerTo(people, second.pull, 'failed (the deployer says failure)')
    await people.comment('developer', second.pull, '/waybill retry production')
    const retried = await deploymentTo(people, 'production', 3)
    expect(retried).toMatchObject({ sha: second.merge, ref: failing.ref })
    await people.carry(retried.id, 'success')
    await answerTo(people, second.pull, 'once more, as developer asked')

    await people.comment('developer', second.pull, '/waybill rollback production checkout is broken')
    const restored = await deploymentTo(people, 'production', 4)
    expect(restored).toMatchObject({ sha: first.merge, ref: 'v0.1.0' })
    await people.carry(restored.id, 'success')
    await answerTo(people, second.pull, 'which carries this change, was taken out')
    await people.comment('analyst', second.pull, '/waybill promote production')
    await answerTo(people, second.pull, 'was rejected in `production` by developer: checkout is broken')

    const third = await staged(people, 'SHOP-3', 3)
    await people.comment('reviewer', third.pull, '/waybill hold production stock-taking')
    await answerTo(people, third.pull, '`production` is held, as reviewer asked')
    await people.comment('analyst', third.pull, '/waybill promote production')
    await answerTo(people, third.pull, 'It waits.')
    await people.comment('analyst', third.pull, '/waybill unhold production')
    expect(await deploymentTo(people, 'production', 5)).toMatchObject({ sha: third.merge })
    expect(await people.deployments('production')).toHaveLength(5)
  })
})
