import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keys, startJira } from './jira-client.ts'

let jira: Awaited<ReturnType<typeof startJira>>
let clock = Date.parse('2026-02-03T10:00:00Z')
beforeEach(async () => {
  jira = await startJira({ now: () => clock })
})
afterEach(() => jira.close())

const url = 'https://github.com/acme/shop'
const at = '2026-02-03T10:00:00.000Z'
const commit = {
  id: 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e',
  displayId: 'f95f852',
  issueKeys: ['SHOP-7'],
  updateSequenceId: 1,
  message: 'SHOP-7 add gift cards',
  author: { name: 'Ada', email: 'ada@example.com' },
  authorTimestamp: at,
  fileCount: 1,
  url: `${url}/commit/f95f852`,
}
const branch = {
  id: 'SHOP-7-gift-cards',
  name: 'SHOP-7-gift-cards',
  url: `${url}/tree/SHOP-7-gift-cards`,
  updateSequenceId: 1,
  associations: keys('SHOP-7'),
  lastCommit: commit,
}
const pull = {
  id: '57',
  displayId: '#57',
  title: 'SHOP-7 Gift cards',
  status: 'OPEN',
  url: `${url}/pull/57`,
  author: { name: 'Ada' },
  commentCount: 0,
  sourceBranch: 'SHOP-7-gift-cards',
  lastUpdate: at,
  updateSequenceId: 1,
  associations: keys('SHOP-7'),
}
const repository = (entities: object) => ({ id: '987', name: 'acme/shop', url, updateSequenceId: 1, ...entities })
const build = {
  pipelineId: '987:ci',
  buildNumber: 1,
  updateSequenceNumber: 1,
  displayName: 'build',
  url: `${url}/actions/runs/1`,
  state: 'in_progress',
  lastUpdated: at,
  associations: keys('SHOP-7'),
}
const deployment = {
  deploymentSequenceNumber: 1,
  updateSequenceNumber: 1,
  displayName: 'v1.4.0 to staging',
  url: `${url}/actions/runs/2`,
  description: 'Waybill',
  lastUpdated: at,
  state: 'in_progress',
  pipeline: { id: '987:release', displayName: 'acme/shop', url },
  environment: { id: '987:staging', displayName: 'staging', type: 'staging' },
  associations: keys('SHOP-7'),
}
const sendRepository = (entities: object, more: object = {}) =>
  jira.gateway('POST', ['devinfo', '/bulk'], { repositories: [repository(entities)], ...more })
const sendBuilds = (...builds: readonly object[]) => jira.gateway('POST', ['builds', '/bulk'], { builds })
const sendDeployments = (...deployments: readonly object[]) =>
  jira.gateway('POST', ['deployments', '/bulk'], { deployments })

describe('tokens', () => {
  const builds = () => `/jira/builds/0.1/cloud/${jira.state.cloudId}/pipelines/p/builds/1`
  const ask = (token: string) => jira.call('GET', builds(), { headers: { authorization: `Bearer ${token}` } })

  it('are given for client credentials and the right audience', async () => {
    const { body } = await jira.call('POST', '/oauth/token', { body: jira.credentials })
    expect(body).toMatchObject({ expires_in: 900, token_type: 'Bearer' })
    for (const wrong of [{ audience: 'api.example.com' }, { client_secret: 'guess' }, { grant_type: 'password' }]) {
      const answer = await jira.call('POST', '/oauth/token', { body: { ...jira.credentials, ...wrong } })
      expect(answer.status).toBeGreaterThanOrEqual(400)
    }
  })

  it('are refused when unknown or expired', async () => {
    const token = await jira.freshToken()
    expect((await ask(token)).status).toBe(404)
    expect(await ask('made-up')).toMatchObject({ status: 401, body: { code: 401 } })
    clock += 900_000
    expect((await ask(token)).status).toBe(401)
  })

  it('open one site only', async () => {
    expect((await jira.call('GET', '/_edge/tenant_info')).body).toEqual({ cloudId: jira.state.cloudId })
    const headers = { authorization: `Bearer ${await jira.freshToken()}` }
    const other = '/jira/builds/0.1/cloud/1324a887-45db-1bf4-1e99-ef0ff456d421/pipelines/p/builds/1'
    expect((await jira.call('GET', other, { headers })).status).toBe(404)
  })
})

describe('development information', () => {
  it('is shown at the issue, read back, and deleted', async () => {
    const { status, body } = await sendRepository({ branches: [branch], pullRequests: [pull] })
    expect(status).toBe(202)
    expect(body).toMatchObject({
      acceptedDevinfoEntities: { 987: { branches: ['SHOP-7-gift-cards'], pullRequests: ['57'] } },
      failedDevinfoEntities: {},
      unknownIssueKeys: [],
    })
    expect(await jira.shown('SHOP-7')).toMatchObject({ branches: [branch], pullRequests: [pull] })
    const read = await jira.gateway('GET', ['devinfo', '/repository/987'])
    expect(read.body).toMatchObject({ name: 'acme/shop', pullRequests: [{ id: '57', issueKeys: ['SHOP-7'] }] })
    const remove = (sequence: number) =>
      jira.gateway('DELETE', ['devinfo', `/repository/987/branch/SHOP-7-gift-cards?_updateSequenceId=${sequence}`])
    expect((await remove(0)).status).toBe(202)
    expect((await jira.shown('SHOP-7'))['branches']).toHaveLength(1)
    await remove(1)
    expect((await jira.shown('SHOP-7'))['branches']).toEqual([])
    expect(await jira.violations()).toEqual([])
  })

  it('takes a greater sequence only, and says nothing of older ones', async () => {
    await sendRepository({ pullRequests: [{ ...pull, updateSequenceId: 5, status: 'MERGED' }] })
    for (const updateSequenceId of [4, 5]) {
      const { body } = await sendRepository({ pullRequests: [{ ...pull, updateSequenceId }] })
      expect(body).toMatchObject({ acceptedDevinfoEntities: { 987: { pullRequests: ['57'] } } })
    }
    expect((await jira.shown('SHOP-7'))['pullRequests']?.map((one) => one['status'])).toEqual(['MERGED'])
  })

  it('leaves the issue that an entity no longer names', async () => {
    await sendRepository({ pullRequests: [pull] })
    await sendRepository({ pullRequests: [{ ...pull, updateSequenceId: 2, associations: keys('SHOP-8') }] })
    expect((await jira.shown('SHOP-7'))['pullRequests']).toEqual([])
    expect((await jira.shown('SHOP-8'))['pullRequests']).toHaveLength(1)
  })

  it('fails an entity with a bad id, or without a known issue, and takes the rest', async () => {
    const slashed = { ...branch, id: 'feature/SHOP-7' }
    const strange = { ...pull, associations: keys('UTF-8') }
    const { body } = await sendRepository({ branches: [slashed, branch], pullRequests: [strange] })
    expect(body).toMatchObject({
      acceptedDevinfoEntities: { 987: { branches: ['SHOP-7-gift-cards'], pullRequests: [] } },
      failedDevinfoEntities: { 987: { branches: [{ id: 'feature/SHOP-7' }], pullRequests: [{ id: '57' }] } },
      unknownIssueKeys: ['UTF-8'],
    })
  })

  it('is found by its properties', async () => {
    const ask = async (query: string) => (await jira.gateway('GET', ['devinfo', `/existsByProperties?${query}`])).body
    await sendRepository({ branches: [branch] }, { properties: { installationId: '5' } })
    expect(await ask('installationId=5')).toEqual({ hasDataMatchingProperties: true })
    expect(await ask('installationId=6')).toEqual({ hasDataMatchingProperties: false })
    for (const properties of [{ _hidden: 'x' }, { 'a:b': 'x' }, { a: '', b: '', c: '', d: '', e: '', f: '' }]) {
      expect((await sendRepository({}, { properties })).status).toBe(400)
    }
  })

  it('refuses unknown keys and too many entities', async () => {
    expect((await sendRepository({ branches: [{ ...branch, colour: 'red' }] })).status).toBe(400)
    expect(await jira.violations()).toHaveLength(1)
    const many = (count: number) => Array.from({ length: count }, (_, n) => ({ ...branch, id: `b${n}` }))
    const repositories = ['1', '2', '3'].map((id) => ({ ...repository({ branches: many(334) }), id }))
    expect((await jira.gateway('POST', ['devinfo', '/bulk'], { repositories })).status).toBe(400)
  })
})

describe('builds', () => {
  it('are shown in their newest state, read back, and deleted', async () => {
    expect((await sendBuilds(build)).body).toEqual({
      acceptedBuilds: [{ pipelineId: '987:ci', buildNumber: 1 }],
      rejectedBuilds: [],
      unknownIssueKeys: [],
    })
    await sendBuilds({ ...build, updateSequenceNumber: 3, state: 'successful' })
    await sendBuilds({ ...build, updateSequenceNumber: 2, state: 'failed' })
    expect((await jira.shown('SHOP-7'))['builds']?.map((one) => one['state'])).toEqual(['successful'])
    const path = ['builds', '/pipelines/987%3Aci/builds/1'] as const
    expect((await jira.gateway('GET', path)).body).toMatchObject({ state: 'successful', issueKeys: ['SHOP-7'] })
    expect((await jira.gateway('DELETE', path)).status).toBe(202)
    expect((await jira.gateway('GET', path)).status).toBe(404)
    expect(await jira.violations()).toEqual([])
  })

  it('are rejected one by one: without a known issue, or with something missing', async () => {
    const { body } = await sendBuilds(
      { ...build, associations: keys('SHOP-7', 'TEST-110') },
      { ...build, buildNumber: 2, associations: keys('TEST-110') },
      { ...build, buildNumber: 3, url: undefined },
    )
    expect(body).toMatchObject({
      acceptedBuilds: [{ buildNumber: 1 }],
      rejectedBuilds: [
        { key: { buildNumber: 2 }, errors: [{ message: 'No valid issues found' }] },
        { key: { buildNumber: 3 }, errors: [{ message: expect.stringContaining('url') }] },
      ],
      unknownIssueKeys: ['TEST-110'],
    })
    expect(await jira.violations()).toHaveLength(1)
  })

  it('are at most 100 in a request', async () => {
    const many = Array.from({ length: 101 }, (_, n) => ({ ...build, buildNumber: n }))
    expect((await sendBuilds(...many)).status).toBe(400)
    expect((await sendBuilds(...many.slice(1))).status).toBe(202)
  })
})

describe('deployments', () => {
  const path = ['deployments', '/pipelines/987%3Arelease/environments/987%3Astaging/deployments/1'] as const

  it('are shown in their newest state, read back, and deleted', async () => {
    await sendDeployments(deployment)
    await sendDeployments({ ...deployment, updateSequenceNumber: 2, state: 'successful' })
    expect((await jira.shown('SHOP-7'))['deployments']?.map((one) => one['state'])).toEqual(['successful'])
    expect((await jira.gateway('GET', path)).body).toMatchObject({ state: 'successful' })
    const gating = await jira.gateway('GET', [path[0], `${path[1]}/gating-status`])
    expect(gating.body).toMatchObject({ gatingStatus: 'invalid', deploymentSequenceNumber: 1 })
    await jira.gateway('DELETE', path)
    expect((await jira.gateway('GET', path)).status).toBe(404)
    expect(await jira.violations()).toEqual([])
  })

  it('are rejected without a known issue, without a description, or with more than 500 associations', async () => {
    const commits = Array.from({ length: 500 }, (_, n) => ({ commitHash: `c${n}`, repositoryId: '987' }))
    const associations = [...keys('SHOP-7'), { associationType: 'commit', values: commits }]
    const { body } = await sendDeployments(
      { ...deployment, associations: keys('UTF-8') },
      { ...deployment, deploymentSequenceNumber: 2, description: '' },
      { ...deployment, deploymentSequenceNumber: 3, associations },
    )
    expect(body).toMatchObject({
      acceptedDeployments: [],
      rejectedDeployments: [1, 2, 3].map((deploymentSequenceNumber) => ({ key: { deploymentSequenceNumber } })),
      unknownIssueKeys: ['UTF-8'],
      unknownAssociations: keys('UTF-8'),
    })
    expect((await jira.shown('SHOP-7'))['deployments']).toEqual([])
  })
})
