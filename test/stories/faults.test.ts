import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import { start } from '../../src/main.ts'
import { embeddedPlace } from '../store/databases.ts'
import { openTown, type Town } from './town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown({ sweepEvery: 500 })
})
afterAll(() => town.close())

/** Waits for so many sweeps since the requests were forgotten; answers all calls since then. */
function sweeps(wanted: number): Promise<readonly string[]> {
  return eventually(`${wanted} sweeps`, async () => {
    const seen = (await town.requests()).map((request) => request.call)
    return seen.filter((call) => call === 'GET /app/installations').length >= wanted ? seen : null
  })
}

/** Waits until this is so of everything that Waybill called while it swept twice: what was under way has come to its end. */
async function onlyCalls(are: (call: string) => boolean): Promise<void> {
  await eventually('the end of what is under way', async () => {
    await town.forgetRequests()
    return (await sweeps(2)).every(are) || null
  })
}

const writes = (call: string) => /^(POST|PATCH|PUT|DELETE) \/repos/.test(call)

describe('what happens around Waybill', () => {
  it('F64: suspended, GitHub is not called about any repository; let in again, everything is looked at', async () => {
    const people = await town.repository()
    const installation = town.sandbox.github.state.installations.find((one) => one.app.slug === 'waybill')
    if (installation === undefined) throw new Error('not installed')
    try {
      installation.suspendedAt = Date.now()
      await onlyCalls((call) => call.startsWith('GET /app/'))
      await town.forgetRequests()
      await people.push('developer', 'SHOP-4-change')
      await people.openPull('developer', { branch: 'SHOP-4-change', title: 'SHOP-4 A change' })
      const calls = await sweeps(3)
      expect(calls.filter((call) => !call.startsWith('GET /app/'))).toEqual([])
    } finally {
      installation.suspendedAt = undefined
    }
    const head = await people.commitAt('developer', 'origin/SHOP-4-change')
    await people.checkIs(head ?? '', 'waybill/gate', (check) => check.status === 'in_progress')
  })

  it('F20, F22: without any webhook the sweep carries a change on; those of its whole life, after the merge, change nothing', async () => {
    const people = await town.repository()
    await town.webhooks({ mode: 'hold' })
    const head = await people.push('developer', 'SHOP-6-change')
    const pull = await people.openPull('developer', { branch: 'SHOP-6-change', title: 'SHOP-6 A change' })
    await people.report(head, 'success')
    await people.review('reviewer', pull)
    await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
    const merge = await people.merge('developer', pull)
    await people.report(merge, 'success')
    const [deployment] = await eventually('a deployment', async () => {
      const all = await people.deployments('staging')
      return all.length > 0 ? all : null
    })
    await people.carry(deployment?.id ?? 0, 'success')
    const said = await eventually('the comment to say success, and the call for a promoter', async () => {
      const all = await people.comments(pull)
      return all.length === 2 && all.some((comment) => /\| staging \|.*success/.test(comment.body)) ? all : null
    })
    const gate = await people.check(head, 'waybill/gate')
    await onlyCalls((call) => !writes(call))
    await town.forgetRequests()
    await town.webhooks({ mode: 'deliver', release: true })
    const next = await people.push('developer', 'SHOP-7-next')
    await people.checkIs(next, 'waybill/branch', (check) => check.conclusion === 'success')
    const written = (await town.requests()).map(({ call }) => call).filter(writes)
    // The answers on both branches, which have no open pull request now, and nothing else.
    expect([...new Set(written)]).toEqual(['POST /repos/{owner}/{repo}/check-runs'])
    expect(await people.check(head, 'waybill/gate')).toEqual(gate)
    expect(await people.comments(pull)).toEqual(said)
    expect((await people.releases()).map((release) => release.tag)).toEqual(['v0.1.0'])
    expect(await people.deployments('staging')).toHaveLength(1)
  })

  it('F82: a lost database: what is released and deployed is seen at GitHub, and not made twice', async ({
    onTestFinished,
  }) => {
    const people = await town.repository()
    const head = await people.push('developer', 'SHOP-5-change')
    const pull = await people.openPull('developer', { branch: 'SHOP-5-change', title: 'SHOP-5 A change' })
    await people.report(head, 'success')
    await people.review('reviewer', pull)
    await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
    const merge = await people.merge('developer', pull)
    await people.report(merge, 'success')
    const [deployment] = await eventually('a deployment', async () => {
      const all = await people.deployments('staging')
      return all.length > 0 ? all : null
    })
    const { directory: data } = await embeddedPlace()
    const environment = { ...town.sandbox.environment(), WAYBILL_DATA: data, PORT: '0', LOG_LEVEL: 'silent' }
    const other = await start(environment, { queue: { sweepEvery: 500 } })
    onTestFinished(async () => {
      await town.webhooks({ url: `${town.waybill.url}/api/github/webhooks` })
      await other.close()
      await rm(data, { recursive: true, force: true })
    })
    await town.webhooks({ url: `${other.url}/api/github/webhooks` })
    await people.carry(deployment?.id ?? 0, 'success')
    await eventually('the comment to say success', async () => {
      return (await people.comments(pull)).find((comment) => /\| staging \|.*success/.test(comment.body)) ?? null
    })
    expect(await people.commitAt('developer', 'refs/tags/v0.1.1')).toBeNull()
    expect((await people.releases()).map((release) => release.tag)).toEqual(['v0.1.0'])
    expect(await people.deployments('staging')).toHaveLength(1)
  })
})
