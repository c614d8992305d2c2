import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startJira } from './jira-client.ts'

let jira: Awaited<ReturnType<typeof startJira>>
let clock = Date.parse('2026-02-03T10:00:00Z')
beforeEach(async () => {
  jira = await startJira({ now: () => clock })
})
afterEach(async () => {
  expect(await jira.violations()).toEqual([])
  await jira.close()
})

const doc = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
})

describe('an issue', () => {
  it('is read with the fields that were asked for', async () => {
    const { status, body } = await jira.rest('GET', '/issue/SHOP-7?fields=summary&fields=status')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      key: 'SHOP-7',
      fields: { summary: 'Gift cards', status: { name: 'In Progress', statusCategory: { key: 'indeterminate' } } },
    })
    expect(body).not.toHaveProperty('fields.project')
  })

  it('is found by its key in any case, and not at all where there is none', async () => {
    expect((await jira.rest('GET', '/issue/shop-7')).body).toMatchObject({ key: 'SHOP-7' })
    expect((await jira.rest('GET', '/issue/SHOP-70')).status).toBe(404)
  })

  it('is answered under its new key once it has moved', async () => {
    await jira.call('POST', '/_sandbox/issues', { body: { key: 'SHOP-7', movedTo: 'PAY-1' } })
    expect((await jira.rest('GET', '/issue/SHOP-7')).body).toMatchObject({
      key: 'PAY-1',
      fields: { summary: 'Gift cards', project: { key: 'PAY' } },
    })
  })

  it('goes from each status to each other, once', async () => {
    const { body } = await jira.rest('GET', '/issue/SHOP-7/transitions')
    const { transitions } = body as { transitions: { id: string; to: { name: string } }[] }
    expect(transitions.map((one) => one.to.name)).toEqual(['To Do', 'In Review', 'Done'])
    const id = transitions.find((one) => one.to.name === 'Done')?.id
    expect((await jira.rest('POST', '/issue/SHOP-7/transitions', { transition: { id } })).status).toBe(204)
    expect(await jira.shown('SHOP-7')).toMatchObject({ status: 'Done' })
    expect((await jira.rest('POST', '/issue/SHOP-7/transitions', { transition: { id } })).status).toBe(400)
  })

  it('takes versions of its own project', async () => {
    const version = { projectId: 10000, name: 'v1.4.0', released: false }
    const made = await jira.rest('POST', '/version', version)
    expect(made.status).toBe(201)
    expect((await jira.rest('POST', '/version', version)).body).toMatchObject({ errors: { name: expect.any(String) } })
    const { id } = made.body as { id: string }
    const add = { update: { fixVersions: [{ add: { id } }] } }
    expect((await jira.rest('PUT', '/issue/SHOP-7?notifyUsers=false', add)).status).toBe(204)
    const wrong = { update: { fixVersions: [{ add: { id: '1' } }] } }
    expect((await jira.rest('PUT', '/issue/SHOP-7', wrong)).status).toBe(400)
    expect(await jira.shown('SHOP-7')).toMatchObject({ fixVersions: ['v1.4.0'] })
    await jira.rest('PUT', `/version/${id}`, { released: true, releaseDate: '2026-02-03' })
    const released = await jira.rest('GET', '/project/SHOP/version?query=v1.4.0&status=released')
    expect(released.body).toMatchObject({ total: 1, values: [{ name: 'v1.4.0', releaseDate: '2026-02-03' }] })
    expect((await jira.rest('GET', '/project/SHOP/versions')).body).toHaveLength(1)
  })
})

describe('comments, links and properties', () => {
  it('a comment is a document, and is edited in place', async () => {
    const made = await jira.rest('POST', '/issue/SHOP-1/comment', { body: doc('staging') })
    expect(made.status).toBe(201)
    const { id } = made.body as { id: string }
    const path = `/issue/SHOP-1/comment/${id}?notifyUsers=false`
    expect((await jira.rest('PUT', path, { body: doc('production') })).status).toBe(200)
    expect((await jira.rest('GET', '/issue/SHOP-1/comment')).body).toMatchObject({
      total: 1,
      comments: [{ id, body: doc('production') }],
    })
  })

  it.each([
    ['a plain text', 'staging'],
    ['an unknown node', { type: 'doc', version: 1, content: [{ type: 'blink' }] }],
    ['an empty document', { type: 'doc', version: 1, content: [] }],
    ['an empty text', doc('')],
    ['a text too long', doc('x'.repeat(32_768))],
  ])('a comment that is %s is refused', async (_, body) => {
    expect((await jira.rest('POST', '/issue/SHOP-1/comment', { body })).status).toBe(400)
  })

  it('a remote link is there once for each global id', async () => {
    const link = { globalId: 'pull:57', object: { url: 'https://github.com/acme/shop/pull/57', title: '#57' } }
    expect((await jira.rest('POST', '/issue/SHOP-1/remotelink', link)).status).toBe(201)
    expect((await jira.rest('POST', '/issue/SHOP-1/remotelink', link)).status).toBe(200)
    expect((await jira.rest('GET', '/issue/SHOP-1/remotelink')).body).toHaveLength(1)
    expect((await jira.rest('GET', '/issue/SHOP-1/remotelink?globalId=pull:57')).body).toMatchObject(link)
    expect((await jira.shown('SHOP-1'))['remoteLinks']).toMatchObject([link])
  })

  it('a property is kept as it is', async () => {
    const path = '/issue/SHOP-1/properties/waybill'
    expect((await jira.rest('GET', path)).status).toBe(404)
    expect((await jira.rest('PUT', path, { pr: 57 })).status).toBe(201)
    expect((await jira.rest('PUT', path, { pr: 58 })).status).toBe(200)
    expect((await jira.rest('GET', path)).body).toEqual({ key: 'waybill', value: { pr: 58 } })
  })
})

describe('limits and doors', () => {
  it('lets in the account, and nobody else', async () => {
    expect((await jira.call('GET', '/rest/api/3/myself')).status).toBe(401)
    const wrong = `Basic ${Buffer.from('waybill@acme.example:guess').toString('base64')}`
    expect((await jira.call('GET', '/rest/api/3/myself', { headers: { authorization: wrong } })).status).toBe(401)
    expect((await jira.rest('GET', '/myself')).body).toMatchObject({ emailAddress: 'waybill@acme.example' })
    expect((await jira.rest('GET', '/serverInfo')).body).toMatchObject({ deploymentType: 'Cloud' })
    expect((await jira.rest('GET', '/project/SHOP')).body).toMatchObject({ id: '10000' })
    const may = await jira.rest('GET', '/mypermissions?permissions=EDIT_ISSUES&projectKey=SHOP')
    expect(may.body).toMatchObject({ permissions: { EDIT_ISSUES: { havePermission: true } } })
    expect((await jira.rest('GET', '/mypermissions?permissions=FLY')).status).toBe(400)
  })

  it('takes 20 writes in 2 s for one issue, and says when it takes more', async () => {
    const write = (issue: string) => jira.rest('PUT', `/issue/${issue}/properties/waybill`, 1)
    for (let i = 0; i < 20; i++) expect((await write('SHOP-1')).status).toBeLessThan(300)
    const refused = await write('SHOP-1')
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('2')
    expect(refused.headers.get('ratelimit-reason')).toBe('jira-per-issue-on-write')
    expect((await write('SHOP-2')).status).toBe(201)
    clock += 2_000
    expect((await write('SHOP-1')).status).toBe(200)
    clock += 28_000
    for (let i = 0; i < 5; i++) {
      for (let j = 0; j < 20; j++) await write('SHOP-3')
      clock += 2_000
    }
    expect((await write('SHOP-3')).headers.get('retry-after')).toBe('20')
  })

  it('records who called what, and forgets it on demand', async () => {
    await jira.call('DELETE', '/_sandbox/requests')
    await jira.rest('GET', '/issue/SHOP-70')
    await jira.call('GET', '/_edge/tenant_info')
    const call = 'GET /rest/api/3/issue/{issueIdOrKey}'
    const { body } = await jira.call('GET', '/_sandbox/requests?by=waybill')
    expect(body).toEqual([{ at: clock, by: 'waybill', call, status: 404 }])
  })
})

describe('control', () => {
  it('makes issues and changes them', async () => {
    const made = await jira.call('POST', '/_sandbox/issues', { body: { key: 'PAY-3', status: 'Done', type: 'Bug' } })
    expect(made).toMatchObject({ status: 201, body: { key: 'PAY-3', status: 'Done', type: 'Bug' } })
    await jira.call('POST', '/_sandbox/issues', { body: { key: 'PAY-3', status: 'In Review', summary: 'Cards' } })
    expect((await jira.rest('GET', '/issue/PAY-3')).body).toMatchObject({
      fields: { summary: 'Cards', status: { name: 'In Review' }, issuetype: { name: 'Bug' } },
    })
    expect((await jira.call('POST', '/_sandbox/issues', { body: { key: 'PAY-3', status: 'Lost' } })).status).toBe(400)
  })
})
