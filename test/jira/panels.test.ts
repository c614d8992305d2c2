import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { GoneEntity, Report } from '../../src/model/report.ts'
import { bulk, openSite } from './jira-site.ts'
import { branchReport, buildReport, deploymentReport, pullReport, repository, sha } from './reports.ts'

/** An answer that is late on a busy machine is waited for. */
const limits = { timeout: 20_000, largest: 5_000_000 }
let site: Awaited<ReturnType<typeof openSite>>
beforeEach(async () => {
  site = await openSite({ limits })
})
afterEach(async () => {
  expect(await site.violations()).toEqual([])
  await site.close()
})

/** What is not simply reported. */
async function send(reports: readonly Report[], issues = site.issues) {
  const { graded, away } = await issues.send(reports)
  expect(graded.map(({ key }) => key).toSorted()).toEqual(reports.map(({ key }) => key).toSorted())
  expect(away === null || graded.some(({ grade }) => grade.kind === 'kept')).toBe(true)
  return graded.filter(({ grade }) => grade.kind !== 'reported').map(({ key, grade }) => ({ key, ...grade }))
}

const awayAfter = async (reports: readonly Report[], issues = site.issues) => (await issues.send(reports)).away

describe('what the panels show', () => {
  it('a branch, a pull request, a build and a deployment, by one call for each kind', async () => {
    const reports = [branchReport(), pullReport(), buildReport(), deploymentReport()]
    expect(await send(reports)).toEqual([])
    const shown = await site.shown('SHOP-7')
    expect(shown['branches']).toMatchObject([
      { id: 'SHOP-7-gift-cards', lastCommit: { id: sha, displayId: 'f95f852' } },
    ])
    expect(shown['pullRequests']).toMatchObject([
      { id: '57', status: 'OPEN', reviewers: [{ name: 'grace', approvalStatus: 'APPROVED' }] },
    ])
    expect(shown['builds']).toMatchObject([{ pipelineId: '987:15368:build', buildNumber: 41, state: 'successful' }])
    expect(shown['deployments']).toMatchObject([
      { displayName: 'v1.4.0 to staging', label: 'v1.4.0', environment: { id: '987:staging', type: 'staging' } },
    ])
    expect(await site.calls()).toEqual([
      'GET /_edge/tenant_info',
      'POST /oauth/token',
      bulk('devinfo'),
      bulk('devinfo'),
      bulk('builds'),
      bulk('deployments'),
    ])
  })

  it('the newest state, whatever the order of sending', async () => {
    await send([pullReport({ status: 'MERGED' }, { sequence: 9 })])
    await send([pullReport({}, { sequence: 8 })])
    expect((await site.shown('SHOP-7'))['pullRequests']).toMatchObject([{ status: 'MERGED' }])
  })

  it('a branch whose name Jira takes for no id', async () => {
    const names = [
      'feature/SHOP-7-x',
      'SHOP-7-größe',
      'SHOP-7%2e',
      `SHOP-7-${'x'.repeat(240)}`,
      `SHOP-7-${'ü'.repeat(260)}`,
    ]
    expect(await send(names.map((name) => branchReport({ name })))).toEqual([])
    const branches = (await site.shown('SHOP-7'))['branches'] ?? []
    expect(branches.map((one) => one['name'])).toEqual(names)
    expect(branches[0]).toMatchObject({
      id: `~${Buffer.from('feature/SHOP-7-x').toString('hex')}`,
      url: 'https://github.com/acme/shop/tree/feature/SHOP-7-x',
    })
  })

  it('texts, ids, addresses and keys from outside, cut to what Jira takes', async () => {
    const long = '🙂'.repeat(3000)
    const commit = { sha, message: `${long}\nmore`, author: { name: long, email: 'x'.repeat(300) }, at: 0 }
    const keys = Array.from({ length: 700 }, (_, n) => `SHOP-${n + 1}`)
    const refused = await send([
      branchReport({ commit }),
      branchReport({ name: 'SHOP-7-empty', commit: { ...commit, message: '', author: { name: '', email: '' } } }),
      pullReport({ title: `\u202e${long}`, author: long, branch: 'b'.repeat(255), url: 'javascript:alert(1)' }),
      pullReport({ number: 58, title: '' }),
      buildReport({ name: long, pipeline: `987:1:${long}`, url: `https://ci.example/${'x'.repeat(3000)}` }),
      buildReport({ number: 42, name: '', url: 'not an address' }),
      deploymentReport({ description: long, url: '' }, { issueKeys: ['SHOP-7', ...keys] }),
      deploymentReport({ number: 6, description: '' }),
    ])
    expect(refused).toEqual([
      {
        key: 'deployment:987:5',
        kind: 'partly',
        cause: 'Jira takes 499 issues of one thing, and 202 more were left out',
      },
    ])
    const shown = await site.shown('SHOP-7')
    expect(shown['builds']).toHaveLength(2)
    expect(shown['deployments']).toMatchObject([
      { url: 'https://github.com/acme/shop/releases/tag/v1.4.0' },
      { description: 'v1.4.0 to staging' },
    ])
    expect(shown['pullRequests']).toMatchObject([{ url: 'https://github.com/acme/shop/pull/57' }, { title: '#58' }])
  })

  it('hundreds of reports, a hundred in a request', async () => {
    const reports = Array.from({ length: 250 }, (_, number) => buildReport({ number }))
    expect(await send(reports)).toEqual([])
    expect((await site.shown('SHOP-7'))['builds']).toHaveLength(250)
    expect((await site.calls()).filter((call) => call === bulk('builds'))).toHaveLength(3)
  })

  it('a hundred branches with every commit of theirs: Jira takes 400 in a request', async () => {
    const author = { name: 'Ada', email: 'ada@example.com' }
    const commit = (n: number) => ({ sha: n.toString(16).padStart(40, '0'), message: 'x', author, at: 0 })
    const branches = Array.from({ length: 100 }, (_, n) => {
      const earlier = Array.from({ length: 9 }, (__, at) => commit(1000 + n * 10 + at))
      return branchReport({ name: `SHOP-7-${n}`, commit: commit(1000 + n * 10 + 9), earlier })
    })
    expect(await send(branches)).toEqual([])
    const kept = [...site.state.panels.repositories.values()]
    expect(kept.map(({ entities }) => [entities.commit.size, entities.branch.size])).toEqual([[1000, 100]])
  })

  it('nothing without OAuth credentials, and no call', async () => {
    const without = site.with({ client: null })
    expect(without.panels).toBe(false)
    expect(await without.send([buildReport()])).toEqual({ graded: [], away: null })
    expect(await site.calls()).toEqual([])
  })
})

describe('what Jira refuses', () => {
  it('reports of unknown issues come back; those that name a known one too are shown', async () => {
    const reports = [
      branchReport({}, { issueKeys: ['SHOP-70'] }),
      pullReport({}, { issueKeys: ['SHOP-7', 'SHOP-71'] }),
      buildReport({}, { issueKeys: ['SHOP-72'] }),
      deploymentReport({}, { issueKeys: ['SHOP-73'] }),
      deploymentReport({ number: 6 }),
    ]
    expect(await send(reports)).toEqual([
      { key: 'branch:987:SHOP-7-gift-cards', kind: 'not-reported', cause: 'Jira does not know SHOP-70' },
      { key: 'pull:987:57', kind: 'partly', cause: 'Jira does not know SHOP-71' },
      { key: 'build:987:15368:build:41', kind: 'not-reported', cause: 'Jira does not know SHOP-72' },
      { key: 'deployment:987:5', kind: 'not-reported', cause: 'Jira does not know SHOP-73' },
    ])
    expect((await site.shown('SHOP-7'))['pullRequests']).toHaveLength(1)
    expect((await site.shown('SHOP-7'))['deployments']).toHaveLength(1)
  })

  it('a report without an issue key is not sent', async () => {
    const refused = await send([buildReport({}, { issueKeys: ['../x'] }), buildReport({ number: 42 })])
    expect(refused).toEqual([{ key: 'build:987:15368:build:41', kind: 'not-reported', cause: 'it names no issue key' }])
    expect((await site.shown('SHOP-7'))['builds']).toHaveLength(1)
  })

  it('an API that the credentials may not use stops no other', async () => {
    await site.fault({ call: bulk('builds'), fault: '403' })
    const refused = await send([buildReport(), deploymentReport()])
    expect(refused).toEqual([
      {
        key: 'build:987:15368:build:41',
        kind: 'kept',
        cause: expect.stringContaining('permissions'),
        until: site.clock.now + 3_600_000,
      },
    ])
    expect((await site.shown('SHOP-7'))['deployments']).toHaveLength(1)
  })
})

describe('when Jira is away', () => {
  const now = Date.parse('2026-02-03T10:00:00Z')

  it.each(['502', '503', '504', 'html-500', 'html-200', 'reset', 'hang', 'drip', 'truncated-json'])(
    '%s, before or after it was done: busy, and the same reports again are shown once',
    async (fault) => {
      const issues = ['hang', 'drip'].includes(fault) ? site.hasty() : site.issues
      for (const phase of ['before', 'after']) {
        await site.fault({ call: bulk('deployments'), fault, phase, seconds: 30 })
        expect(await awayAfter([deploymentReport()], issues)).toMatchObject({ until: now + 30_000 })
      }
      expect(await send([deploymentReport()])).toEqual([])
      expect((await site.shown('SHOP-7'))['deployments']).toHaveLength(1)
    },
  )

  it.each(['GET /_edge/tenant_info', 'POST /oauth/token'])('%s fails: busy, and tried afresh', async (call) => {
    for (const fault of ['503', 'reset', 'html-200', 'truncated-json']) {
      await site.fault({ call, fault })
      expect(await awayAfter([buildReport()])).toMatchObject({ until: now + 30_000 })
    }
    expect(await send([buildReport()])).toEqual([])
  })

  it('429: busy until the time that Jira says', async () => {
    await site.fault({ call: bulk('builds'), fault: '429', seconds: 7 })
    expect(await awayAfter([buildReport()])).toMatchObject({ until: now + 7_000 })
    await site.fault({ call: bulk('builds'), fault: '429', seconds: 0 })
    expect(await awayAfter([buildReport()])).toMatchObject({ until: now + 1_000 })
  })

  it('429 for one issue: its reports wait, the others are shown', async () => {
    await site.fault({ call: bulk('builds'), fault: '429', seconds: 9, issue: 'SHOP-3', times: 50 })
    const reports = ['SHOP-1', 'SHOP-2', 'SHOP-3', 'SHOP-4', 'SHOP-5'].map((key, number) =>
      buildReport({ number }, { issueKeys: [key] }),
    )
    expect(await send([...reports, deploymentReport()])).toMatchObject([
      { key: 'build:987:15368:build:2', kind: 'kept', until: now + 9_000 },
    ])
    for (const key of ['SHOP-1', 'SHOP-2', 'SHOP-4', 'SHOP-5'])
      expect((await site.shown(key))['builds']).toHaveLength(1)
    expect((await site.shown('SHOP-3'))['builds']).toEqual([])
    expect((await site.shown('SHOP-7'))['deployments']).toHaveLength(1)
  })
})

describe('the way into the gateway', () => {
  it('one token for all, until a minute before its end', async () => {
    const tokens = async () => (await site.calls()).filter((call) => call === 'POST /oauth/token').length
    await Promise.all([1, 2, 3, 4].map((number) => site.issues.send([buildReport({ number })])))
    expect(await tokens()).toBe(1)
    site.clock.now += 839_000
    await send([buildReport({ number: 5 })])
    expect(await tokens()).toBe(1)
    site.clock.now += 1_000
    await send([buildReport({ number: 6 })])
    expect(await tokens()).toBe(2)
    expect((await site.calls()).filter((call) => call === 'GET /_edge/tenant_info')).toHaveLength(1)
  })

  it('a token that is refused is fetched again, once', async () => {
    await send([buildReport()])
    site.state.accessTokens.clear()
    expect(await send([buildReport({ number: 42 })])).toEqual([])
    await site.fault({ call: bulk('builds'), fault: '401', times: 2 })
    expect((await awayAfter([buildReport({ number: 43 })]))?.cause).toContain('JIRA_CLIENT_ID')
  })

  it('wrong credentials: refused with the names of the variables, and never with the secret', async () => {
    const secret = 'not-the-right-secret'
    const away = await awayAfter([buildReport()], site.with({ client: { id: 'x', secret } }))
    expect(away?.cause).toContain('JIRA_CLIENT_SECRET')
    expect(JSON.stringify(away)).not.toContain(secret)
  })

  it('an unknown cloud id: refused, and asked for afresh the next time', async () => {
    await site.fault({ call: bulk('builds'), fault: '404' })
    expect((await awayAfter([buildReport()]))?.cause).toContain('JIRA_SITE')
    await send([buildReport()])
    expect((await site.calls()).filter((call) => call === 'GET /_edge/tenant_info')).toHaveLength(2)
  })
})

describe('what is taken back', () => {
  it('a branch, a pull request and a waiting promotion disappear; what Jira never knew is no matter', async () => {
    const branch = branchReport({ name: 'feature/SHOP-7-x' })
    const promotion = deploymentReport({ number: 9, environment: 'prod/eu west', state: 'pending' })
    await send([branch, pullReport(), promotion])
    const gone = (key: string, of: GoneEntity): Report => {
      return { key, issueKeys: ['SHOP-7'], sequence: 5, sending: 'normal', body: { kind: 'gone', repository, of } }
    }
    const all = [
      gone(branch.key, { kind: 'branch', name: 'feature/SHOP-7-x' }),
      gone('pull:987:57', { kind: 'pull', number: 57 }),
      gone(promotion.key, { kind: 'deployment', environment: 'prod/eu west', number: 9 }),
    ]
    expect(await send(all)).toEqual([])
    expect(await site.shown('SHOP-7')).toMatchObject({ branches: [], pullRequests: [], deployments: [] })
    expect(await send(all)).toEqual([])
  })

  it('what was told after it was taken back is shown again, and an older deletion does not harm it', async () => {
    await send([branchReport({}, { sequence: 9 })])
    const of = { kind: 'branch' as const, name: 'SHOP-7-gift-cards' }
    const body = { kind: 'gone' as const, repository, of }
    await send([{ key: 'branch', issueKeys: ['SHOP-7'], sequence: 8, sending: 'normal', body }])
    expect((await site.shown('SHOP-7'))['branches']).toHaveLength(1)
  })
})
