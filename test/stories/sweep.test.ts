import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import { openTown, type Town } from './town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown({ sweepEvery: 500 })
})
afterAll(() => town.close())

/** How often pull requests and branches were read while the repository was swept three times. */
async function looks(): Promise<{ readonly pulls: number; readonly branches: number }> {
  await town.forgetRequests()
  const calls = await eventually('three sweeps', async () => {
    const seen = (await town.requests()).map(({ call }) => call)
    return seen.filter((call) => call.endsWith('WaybillRefs')).length >= 3 ? seen : null
  })
  const named = (name: string) => calls.filter((call) => call.endsWith(name)).length
  return { pulls: named('WaybillPull'), branches: named('WaybillBranch') }
}

describe('a sweep', () => {
  it('F20: looks at what something came to, and at what waits for Jira, while every webhook is lost; the rest it passes by', async () => {
    const people = await town.repository()
    await town.changeIssue({ key: 'SHOP-2', status: 'Done' })
    await people.push('developer', 'SHOP-1-alone')
    const quiet = await people.push('developer', 'SHOP-2-quiet')
    await people.openPull('developer', { branch: 'SHOP-2-quiet', title: 'SHOP-2 Quiet' })
    const head = await people.push('developer', 'SHOP-3-lively')
    const pull = await people.openPull('developer', { branch: 'SHOP-3-lively', title: 'SHOP-3 Lively' })
    await people.report(head, 'success')
    await people.checkIs(quiet, 'waybill/gate', (check) => check.conclusion === 'failure')
    await people.checkIs(head, 'waybill/gate', (check) => check.status === 'in_progress')
    // Only the one whose issue is done is asked about each time.
    await eventually('three looks at one pull request', async () => {
      const { pulls, branches } = await looks()
      return branches === 0 && pulls <= 3 ? true : null
    })
    await town.webhooks({ mode: 'drop' })
    await people.report(head, 'failure')
    await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'failure')
    await people.report(head, 'success')
    await people.review('reviewer', pull)
    await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
    // What its answer hangs on changes in Jira, and nothing comes to the pull request.
    await town.changeIssue({ key: 'SHOP-2', status: 'In Progress' })
    await people.checkIs(quiet, 'waybill/gate', (check) => check.status === 'in_progress')
    expect(await eventually('nothing to look at again', async () => ((await looks()).pulls === 0 ? true : null))).toBe(
      true,
    )
    await town.webhooks({ mode: 'deliver' })
  }, 40_000)
})
