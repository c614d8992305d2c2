import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bulk } from '../jira/jira-site.ts'
import { branchReport, buildReport, deploymentReport, pullReport } from '../jira/reports.ts'
import { openPost, shop } from './jira-post.ts'

let post: Awaited<ReturnType<typeof openPost>>
beforeAll(async () => {
  post = await openPost()
})
afterAll(() => post.close())
afterEach(async () => {
  expect(await post.site.violations()).toEqual([])
  await post.site.calm()
})

const calls = async (call: string) => (await post.site.calls()).filter((one) => one === call).length
const minutes = (count: number) => count * 60_000

describe('what became of a report', () => {
  it('reported, partly, not reported with the reason of Jira: each is written down, and not sent again', async () => {
    await post.save(
      branchReport({ name: 'SHOP-1-a' }, { issueKeys: ['SHOP-1'] }),
      pullReport({ number: 1 }, { issueKeys: ['SHOP-1', 'SHOP-71'] }),
      deploymentReport({ number: 1 }, { issueKeys: ['SHOP-70'] }),
    )
    await post.send()
    expect(await post.grades()).toEqual({
      'branch:987:SHOP-1-a': 'reported',
      'deployment:987:1': 'not-reported',
      'pull:987:1': 'partly',
    })
    const [told] = await post.memory.reported(shop, ['deployment:987:1'])
    expect(told?.grade).toEqual({ kind: 'not-reported', cause: 'Jira does not know SHOP-70' })
    const before = (await post.site.calls()).length
    await post.send()
    expect((await post.site.calls()).length).toBe(before)
  })

  it('trouble with a pull request, and its end, is worth a look at its gate; other news is not', async () => {
    post.hints.length = 0
    await post.save(pullReport({ number: 2 }, { issueKeys: ['SHOP-72'] }))
    await post.send()
    expect(post.hints).toEqual(['pull 2'])
    await post.save(pullReport({ number: 2, title: 'other' }, { issueKeys: ['SHOP-72'] }))
    await post.send()
    expect(post.hints).toEqual(['pull 2'])
    await post.save(pullReport({ number: 2 }, { issueKeys: ['SHOP-2'] }))
    await post.send()
    expect(post.hints).toEqual(['pull 2', 'pull 2'])
    await post.save(pullReport({ number: 2, title: 'other' }, { issueKeys: ['SHOP-2'] }))
    await post.send()
    expect(post.hints).toHaveLength(2)
  })

  it('a muted report is remembered and never sent; switched on, it is', async () => {
    await post.save({ ...pullReport({ number: 3 }, { issueKeys: ['SHOP-3'] }), sending: 'muted' })
    await post.send()
    expect((await post.site.shown('SHOP-3'))['pullRequests']).toEqual([])
    expect(await post.memory.openPulls('SHOP-3')).toEqual([{ repository: 'acme/shop', number: 3 }])
    await post.save(pullReport({ number: 3 }, { issueKeys: ['SHOP-3'] }))
    await post.send()
    expect((await post.site.shown('SHOP-3'))['pullRequests']).toHaveLength(1)
  })

  it('what was told before its panel was switched off is told to its end, and once', async () => {
    const told = pullReport({ number: 4 }, { issueKeys: ['SHOP-3'], sequence: 1 })
    await post.save(told)
    await post.send()
    const merged = {
      ...pullReport({ number: 4, status: 'MERGED' }, { issueKeys: ['SHOP-3'], sequence: 2 }),
      sending: 'muted' as const,
    }
    await post.save(merged, pullReport({ number: 5 }, { issueKeys: ['SHOP-3'] }), {
      ...pullReport({ number: 6 }, { issueKeys: ['SHOP-3'] }),
      sending: 'muted',
    })
    await post.send()
    const pulls = (await post.site.shown('SHOP-3'))['pullRequests'] ?? []
    expect(pulls.filter(({ id }) => id !== '3').map(({ id, status }) => `${id} ${status}`)).toEqual([
      '4 MERGED',
      '5 OPEN',
    ])
    const before = (await post.site.calls()).length
    await post.save(merged)
    await post.send()
    expect((await post.site.calls()).length).toBe(before)
  })

  it('a key that changed leaves the old issue; a branch that is gone leaves them all', async () => {
    await post.save(branchReport({ name: 'x' }, { issueKeys: ['SHOP-4'] }))
    await post.send()
    await post.save(branchReport({ name: 'x' }, { issueKeys: ['SHOP-5'] }))
    await post.send()
    expect((await post.site.shown('SHOP-4'))['branches']).toEqual([])
    expect((await post.site.shown('SHOP-5'))['branches']).toHaveLength(1)
    const { key, body } = branchReport({ name: 'x' })
    const gone = { kind: 'gone' as const, repository: body.repository, of: { kind: 'branch' as const, name: 'x' } }
    await post.save({ key, issueKeys: [], sequence: 0, sending: 'normal', body: gone })
    await post.send()
    expect((await post.site.shown('SHOP-5'))['branches']).toEqual([])
    await post.save({ key: 'branch:987:never', issueKeys: [], sequence: 0, sending: 'normal', body: gone })
    expect(await post.memory.reported(shop, ['branch:987:never'])).toEqual([])
    await post.save(branchReport({ name: 'x' }, { issueKeys: ['SHOP-5'] }))
    await post.send()
    expect((await post.site.shown('SHOP-5'))['branches']).toHaveLength(1)
  })
})

describe('when Jira is away', () => {
  it('F76 for an hour: it is asked ever more rarely, nobody waits, and afterwards each entity arrives once, in its newest state', async () => {
    await post.site.fault({ call: bulk('deployments'), fault: '503', times: 1000 })
    await post.site.fault({ call: bulk('builds'), fault: '503', times: 1000 })
    const begun = await calls(bulk('builds'))
    for (let minute = 0; minute < 60; minute++) {
      const states = ['pending', 'in_progress', 'successful'] as const
      const state = states[Math.floor(minute / 20)] ?? 'unknown'
      await post.save(
        buildReport({ number: 60, state }, { issueKeys: ['SHOP-6'], sequence: 1 + Math.floor(minute / 20) }),
        deploymentReport({ number: 60, state }, { issueKeys: ['SHOP-6'], sequence: 100 + minute }),
      )
      await post.send()
      post.site.clock.now += minutes(1)
    }
    const asked = (await calls(bulk('builds'))) - begun
    expect(asked).toBeGreaterThan(8)
    expect(asked).toBeLessThan(20)
    expect(post.reminders.at(-1)).toBeLessThanOrEqual(post.site.clock.now + minutes(5))
    expect(await post.grades('build:987:15368:build:60')).toEqual({ 'build:987:15368:build:60': 'kept' })
    await post.site.calm()
    post.site.clock.now += minutes(5)
    const before = await calls(bulk('deployments'))
    await post.send()
    await post.send()
    expect((await calls(bulk('deployments'))) - before).toBe(1)
    const shown = await post.site.shown('SHOP-6')
    expect(shown['builds']).toMatchObject([{ state: 'successful' }])
    expect(shown['deployments']).toMatchObject([{ state: 'successful', updateSequenceNumber: 140 }])
    expect(await post.memory.outage('panels')).toBeNull()
  })

  it('F77 429 for one issue: that issue waits as told, others go on', async () => {
    await post.site.fault({ call: bulk('builds'), fault: '429', seconds: 40, issue: 'SHOP-8', times: 100 })
    await post.save(
      buildReport({ number: 70 }, { issueKeys: ['SHOP-8'] }),
      buildReport({ number: 71 }, { issueKeys: ['SHOP-9'] }),
    )
    await post.send()
    expect((await post.site.shown('SHOP-9'))['builds']).toHaveLength(1)
    expect(post.reminders.at(-1)).toBe(post.site.clock.now + 40_000)
    await post.site.calm()
    await post.send()
    expect((await post.site.shown('SHOP-8'))['builds']).toEqual([])
    post.site.clock.now += 40_000
    await post.send()
    expect((await post.site.shown('SHOP-8'))['builds']).toHaveLength(1)
  })

  it('wrong credentials are a finding, not an outage that is asked about hot', async () => {
    await post.save(buildReport({ number: 80 }, { issueKeys: ['SHOP-8'] }))
    const wrong = post.site.with({ client: { id: 'x', secret: 'y' } })
    await post.send(wrong)
    await post.send(wrong)
    const outage = await post.memory.outage('panels')
    expect(outage?.cause).toContain('JIRA_CLIENT_ID')
    expect(outage?.until).toBe(post.site.clock.now + minutes(60))
    post.site.clock.now += minutes(60)
    await post.send()
    expect(await post.grades('build:987:15368:build:80')).toEqual({ 'build:987:15368:build:80': 'reported' })
  })

  it('an answer that was lost on the way is sent again and shown once, whatever changed meanwhile', async () => {
    await post.save(pullReport({ number: 90 }, { issueKeys: ['SHOP-8'] }))
    await post.site.fault({ call: bulk('devinfo'), fault: 'reset', phase: 'after' })
    await post.send()
    await post.save(pullReport({ number: 90, status: 'MERGED' }, { issueKeys: ['SHOP-8'] }))
    post.site.clock.now += minutes(5)
    await post.send()
    expect((await post.site.shown('SHOP-8'))['pullRequests']).toMatchObject([{ status: 'MERGED' }])
  })
})
