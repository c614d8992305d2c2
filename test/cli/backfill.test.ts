import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import type { People } from '../../sandbox/people.ts'
import { parseDate } from '../../src/cli/backfill.ts'
import { progressLine } from '../../src/cli/progress-line.ts'
import { embeddedPlace } from '../store/databases.ts'
import { openTown, type Town } from '../stories/town.ts'

const program = join(import.meta.dirname, '../../src/cli/waybill.ts')

describe('waybill backfill', () => {
  let town: Town
  let data: string
  beforeAll(async () => {
    town = await openTown()
    data = (await embeddedPlace()).directory
  })
  afterAll(async () => {
    await town.close()
    await rm(data, { recursive: true, force: true })
  })

  const backfill = async (people: People, ...more: readonly string[]) => {
    const env = { ...process.env, ...town.sandbox.environment(), WAYBILL_DATA: data }
    const args = [program, 'backfill', people.repository, ...more]
    return (await promisify(execFile)(process.execPath, args, { env })).stdout
  }
  const sent = async (): Promise<readonly { readonly call: string }[]> => {
    const answer: unknown = await (await fetch(`${town.sandbox.jira.url}/_sandbox/requests`)).json()
    return Array.isArray(answer) ? answer.filter((one: { readonly call: string }) => one.call.endsWith('/bulk')) : []
  }

  it('tells Jira of a merge, its deployment, an open and a declined pull request and a branch, once', async () => {
    const people = await town.repository()
    const head = await people.push('developer', 'SHOP-1-change', { message: 'SHOP-1 change' })
    const pull = await people.openPull('developer', { branch: 'SHOP-1-change', title: 'SHOP-1 A change' })
    await people.report(head, 'success')
    await people.review('reviewer', pull)
    await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
    await people.report(await people.merge('developer', pull), 'success')
    const [staging] = await eventually('staging', async () => {
      const list = await people.deployments('staging')
      return list.length > 0 ? list : null
    })
    await people.carry(staging?.id ?? 0, 'success')
    await people.push('developer', 'SHOP-2-open')
    await people.openPull('developer', { branch: 'SHOP-2-open', title: 'SHOP-2' })
    await people.push('developer', 'SHOP-3-declined')
    const declined = await people.openPull('developer', { branch: 'SHOP-3-declined', title: 'SHOP-3' })
    await people.call('developer', `PATCH :repo/pulls/${declined}`, { state: 'closed' })
    await eventually('Jira to be told', async () => {
      const { deployments = [] } = await people.issue('SHOP-1')
      return deployments.some((one) => one['state'] === 'successful') ? true : null
    })
    await town.waybill.close()
    const { panels } = town.sandbox.jira.state
    for (const kept of [panels.repositories, panels.builds, panels.deployments]) kept.clear()

    const said = await backfill(people)
    expect(said).toMatch(/3 of 3 pull requests\n\d+ entities were told to Jira\.\n$/)
    const shown = await people.issue('SHOP-1')
    expect(shown['pullRequests']).toMatchObject([{ status: 'MERGED' }])
    expect(shown['deployments']).toMatchObject([{ state: 'successful', environment: { type: 'staging' } }])
    expect(shown['builds']).toMatchObject([{ state: 'successful' }, { state: 'successful' }])
    expect((await people.issue('SHOP-2'))['pullRequests']).toMatchObject([{ status: 'OPEN' }])
    expect((await people.issue('SHOP-3'))['pullRequests']).toMatchObject([{ status: 'DECLINED' }])
    expect((await people.issue('SHOP-1'))['comments']).toHaveLength(1)
    const before = (await sent()).length
    expect(await backfill(people)).toMatch(/^0 entities were told to Jira\.\n$/)
    expect((await sent()).length).toBe(before)
    await expect(backfill(people, '--since', 'last week')).rejects.toThrow('not a date')
    expect(await town.violations()).toEqual([])
  }, 120_000)
})

describe('its words', () => {
  it('a bar that is drawn over itself on a terminal, plain lines elsewhere', () => {
    const half = { kind: 'step', what: 'pull requests', done: 6, of: 12 } as const
    expect(progressLine(half, false)).toBe('6 of 12 pull requests\n')
    expect(progressLine(half, true)).toBe('\r\u001b[2K████████████░░░░░░░░░░░░ 6 of 12 pull requests')
    expect(progressLine({ ...half, done: 12 }, true).endsWith('\n')).toBe(true)
    const wait = { kind: 'waits', until: Date.UTC(2026, 0, 2, 10) } as const
    expect(progressLine(wait, false)).toBe('Jira asks to wait until 10:00:00 UTC\n')
  })

  it.each(['2026-02-30', '26-01-01', 'yesterday', ''])('%s is no date', (text) => {
    expect(parseDate(text)).toBeNull()
  })
})
