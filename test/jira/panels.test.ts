import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Failed, type Failure } from '../../src/model/failure.ts'
import { bulk, openSite } from './jira-site.ts'
import { branchReport, buildReport, deploymentReport, pullReport, sha } from './reports.ts'

const limits = { timeout: 1_000, largest: 5_000_000 }
let site: Awaited<ReturnType<typeof openSite>>
beforeEach(async () => {
  site = await openSite({ limits })
})
afterEach(async () => {
  expect(await site.violations()).toEqual([])
  await site.close()
})

const failureOf = async (sending: Promise<unknown>): Promise<Failure> => {
  const error = await sending.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error instanceof Failed) return error.failure
  throw new Error(`not Failed: ${String(error)}`)
}

describe('what the panels show', () => {
  it('a branch, a pull request, a build and a deployment, by one call to each API', async () => {
    const reports = [branchReport(), pullReport(), buildReport(), deploymentReport()]
    expect(await site.issues.send(reports)).toEqual([])
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
      bulk('builds'),
      bulk('deployments'),
    ])
  })

  it('the newest state, whatever the order of sending', async () => {
    await site.issues.send([pullReport({ status: 'MERGED' }, { sequence: 9 })])
    await site.issues.send([pullReport({}, { sequence: 8 })])
    expect((await site.shown('SHOP-7'))['pullRequests']).toMatchObject([{ status: 'MERGED' }])
  })

  it('a branch whose name Jira takes for no id', async () => {
    const names = ['feature/SHOP-7-x', 'SHOP-7-größe', 'SHOP-7%2e', `SHOP-7-${'x'.repeat(240)}`]
    expect(await site.issues.send(names.map((name) => branchReport({ name })))).toEqual([])
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
    const refused = await site.issues.send([
      branchReport({ commit }),
      branchReport({ name: 'SHOP-7-empty', commit: { ...commit, message: '', author: { name: '', email: '' } } }),
      pullReport({ title: `\u202e${long}`, author: long, branch: 'b'.repeat(255), url: 'javascript:alert(1)' }),
      pullReport({ number: 58, title: '' }),
      buildReport({ name: long, pipeline: `987:1:${long}`, url: `https://ci.example/${'x'.repeat(3000)}` }),
      buildReport({ number: 42, name: '', url: 'not an address' }),
      deploymentReport({ description: long, url: '' }, { issueKeys: ['SHOP-7', ...keys] }),
      deploymentReport({ number: 6, description: '' }),
    ])
    expect(refused).toEqual([{ key: 'deployment:987:5', cause: expect.stringContaining('Jira does not know SHOP-10') }])
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
    expect(await site.issues.send(reports)).toEqual([])
    expect((await site.shown('SHOP-7'))['builds']).toHaveLength(250)
    expect((await site.calls()).filter((call) => call === bulk('builds'))).toHaveLength(3)
  })

  it('nothing without OAuth credentials, and no call', async () => {
    expect(await site.with({ client: null }).send([buildReport()])).toEqual([])
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
    expect(await site.issues.send(reports)).toEqual([
      { key: 'branch:987:SHOP-7-gift-cards', cause: 'Jira refused it: No valid issues found' },
      { key: 'pull:987:57', cause: 'Jira does not know SHOP-71' },
      { key: 'build:987:15368:build:41', cause: 'Jira refused it: No valid issues found' },
      { key: 'deployment:987:5', cause: 'Jira refused it: No valid issues found' },
    ])
    expect((await site.shown('SHOP-7'))['pullRequests']).toHaveLength(1)
    expect((await site.shown('SHOP-7'))['deployments']).toHaveLength(1)
  })

  it('a report without an issue key is not sent', async () => {
    const refused = await site.issues.send([buildReport({}, { issueKeys: ['../x'] }), buildReport({ number: 42 })])
    expect(refused).toEqual([{ key: 'build:987:15368:build:41', cause: 'it names no issue key' }])
    expect((await site.shown('SHOP-7'))['builds']).toHaveLength(1)
  })

  it('an API that the credentials may not use stops no other', async () => {
    await site.fault({ call: bulk('builds'), fault: '403' })
    const refused = await site.issues.send([buildReport(), deploymentReport()])
    expect(refused).toEqual([{ key: 'build:987:15368:build:41', cause: expect.stringContaining('permissions') }])
    expect((await site.shown('SHOP-7'))['deployments']).toHaveLength(1)
  })
})

describe('when Jira is away', () => {
  const now = Date.parse('2026-02-03T10:00:00Z')

  it.each(['502', '503', '504', 'html-500', 'html-200', 'reset', 'hang', 'drip', 'truncated-json'])(
    '%s, before or after it was done: busy, and the same reports again are shown once',
    async (fault) => {
      for (const phase of ['before', 'after']) {
        await site.fault({ call: bulk('deployments'), fault, phase, seconds: 3 })
        const failure = await failureOf(site.issues.send([deploymentReport()]))
        expect(failure).toMatchObject({ kind: 'busy', until: now + 30_000 })
      }
      expect(await site.issues.send([deploymentReport()])).toEqual([])
      expect((await site.shown('SHOP-7'))['deployments']).toHaveLength(1)
    },
  )

  it.each(['GET /_edge/tenant_info', 'POST /oauth/token'])('%s fails: busy, and tried afresh', async (call) => {
    for (const fault of ['503', 'reset', 'html-200', 'truncated-json']) {
      await site.fault({ call, fault })
      expect(await failureOf(site.issues.send([buildReport()]))).toMatchObject({ kind: 'busy' })
    }
    expect(await site.issues.send([buildReport()])).toEqual([])
  })

  it('429: busy until the time that Jira says', async () => {
    await site.fault({ call: bulk('builds'), fault: '429', seconds: 7 })
    expect(await failureOf(site.issues.send([buildReport()]))).toMatchObject({ kind: 'busy', until: now + 7_000 })
  })

  it('429 for one issue: its reports wait, the others are shown', async () => {
    await site.fault({ call: bulk('builds'), fault: '429', seconds: 9, issue: 'SHOP-3', times: 50 })
    const reports = ['SHOP-1', 'SHOP-2', 'SHOP-3', 'SHOP-4', 'SHOP-5'].map((key, number) =>
      buildReport({ number }, { issueKeys: [key] }),
    )
    const failure = await failureOf(site.issues.send([...reports, deploymentReport()]))
    expect(failure).toMatchObject({ kind: 'busy', until: now + 9_000 })
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
    await site.issues.send([buildReport({ number: 5 })])
    expect(await tokens()).toBe(1)
    site.clock.now += 1_000
    await site.issues.send([buildReport({ number: 6 })])
    expect(await tokens()).toBe(2)
    expect((await site.calls()).filter((call) => call === 'GET /_edge/tenant_info')).toHaveLength(1)
  })

  it('a token that is refused is fetched again, once', async () => {
    await site.issues.send([buildReport()])
    site.state.accessTokens.clear()
    expect(await site.issues.send([buildReport({ number: 42 })])).toEqual([])
    await site.fault({ call: bulk('builds'), fault: '401', times: 2 })
    const failure = await failureOf(site.issues.send([buildReport({ number: 43 })]))
    expect(failure).toMatchObject({ kind: 'refused', remedy: expect.stringContaining('JIRA_CLIENT_ID') })
  })

  it('wrong credentials: refused with the names of the variables, and never with the secret', async () => {
    const secret = 'not-the-right-secret'
    const failure = await failureOf(site.with({ client: { id: 'x', secret } }).send([buildReport()]))
    expect(failure).toMatchObject({
      kind: 'refused',
      call: 'POST /oauth/token',
      remedy: expect.stringContaining('JIRA_CLIENT_SECRET'),
    })
    expect(JSON.stringify(failure)).not.toContain(secret)
  })

  it('an unknown cloud id: refused, and asked for afresh the next time', async () => {
    await site.fault({ call: bulk('builds'), fault: '404' })
    const failure = await failureOf(site.issues.send([buildReport()]))
    expect(failure).toMatchObject({ kind: 'refused', remedy: expect.stringContaining('JIRA_SITE') })
    await site.issues.send([buildReport()])
    expect((await site.calls()).filter((call) => call === 'GET /_edge/tenant_info')).toHaveLength(2)
  })
})
