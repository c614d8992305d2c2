import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createIssues } from '../../src/jira/issues.ts'
import { openIssues } from '../../src/jira/open-issues.ts'
import { openSite, readIssue } from './jira-site.ts'

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

describe('an issue that is there', () => {
  it('asks now, unless an older answer will do', async () => {
    const calls = async () => (await site.calls()).filter((call) => call === readIssue).length
    expect(await site.issues.readIssue('SHOP-7', 1000)).toMatchObject({ value: { status: 'In Progress' } })
    await site.order({ key: 'SHOP-7', status: 'Done' })
    expect(await site.issues.readIssue('SHOP-7', 1000)).toMatchObject({ value: { status: 'In Progress' } })
    expect(await calls()).toBe(1)
    expect(await site.issues.readIssue('SHOP-7')).toMatchObject({ value: { status: 'Done' } })
    site.clock.now += 1001
    await site.issues.readIssue('SHOP-7', 1000)
    expect(await calls()).toBe(3)
  })

  it('is found with what the rules look at', async () => {
    expect(site.issues.verifies).toBe(true)
    expect(await site.issues.readIssue('SHOP-7')).toEqual({
      kind: 'found',
      value: {
        key: 'SHOP-7',
        summary: 'Gift cards',
        status: 'In Progress',
        done: false,
        type: 'Story',
        url: `${site.url}/browse/SHOP-7`,
      },
    })
  })

  it('is done by the category of its status', async () => {
    await site.order({ key: 'SHOP-2', status: 'Done' })
    expect(await site.issues.readIssue('shop-2')).toMatchObject({ value: { key: 'SHOP-2', done: true, type: 'Bug' } })
  })

  it('is found under its new key when it has moved', async () => {
    await site.order({ key: 'SHOP-7', movedTo: 'PAY-1' })
    expect(await site.issues.readIssue('SHOP-7')).toMatchObject({
      kind: 'found',
      value: { key: 'PAY-1', summary: 'Gift cards', url: `${site.url}/browse/PAY-1` },
    })
  })
})

describe('an issue that is not there', () => {
  it('is absent when Jira says so', async () => {
    expect(await site.issues.readIssue('SHOP-70')).toEqual({ kind: 'absent' })
  })

  it.each(['../../../rest/api/3/myself?x=/', 'SHOP-7/../SHOP-8', 'SHOP-0', 'SHOP', '', 'SHOP-7\n', 'ＳＨＯＰ-7'])(
    'is absent without a call when %j is no key',
    async (key) => {
      expect(await site.issues.readIssue(key)).toEqual({ kind: 'absent' })
      expect(await site.calls()).toEqual([])
    },
  )
})

describe('a Jira that does not answer the question', () => {
  it.each([
    ['502', 'Jira answered 502'],
    ['503', 'Jira answered 503'],
    ['504', 'Jira answered 504'],
    ['html-500', 'Jira answered 500'],
    ['html-404', 'Jira answered 404'],
    ['html-200', 'not JSON'],
    ['401', 'JIRA_API_TOKEN needs a new one'],
    ['403', 'Jira refused the look-up (403)'],
    ['reset', 'the connection failed'],
    ['hang', 'no answer within 1 s'],
    ['drip', 'no answer within 1 s'],
    ['truncated-json', 'cut off'],
    ['redirect', 'Jira answered 302'],
  ])('%s: unknown, and found the next time', async (fault, cause) => {
    const issues = ['hang', 'drip'].includes(fault) ? site.hasty() : site.issues
    await site.fault({ call: readIssue, fault, seconds: 30 })
    expect(await issues.readIssue('SHOP-7')).toEqual({ kind: 'unknown', cause: expect.stringContaining(cause) })
    expect(await site.issues.readIssue('SHOP-7')).toMatchObject({ kind: 'found' })
  })

  it('B8 a refused account is told to the operator once, and again only after it was let in', async () => {
    const told: string[] = []
    const issues = createIssues({
      settings: site.settings,
      now: () => site.clock.now,
      limits,
      refused: (cause) => told.push(cause),
    })
    await site.fault({ call: readIssue, fault: '401', times: 2 })
    for (const _ of [1, 2, 3]) await issues.readIssue('SHOP-7')
    expect(told).toEqual([expect.stringContaining('JIRA_API_TOKEN needs a new one')])
    await site.fault({ call: readIssue, fault: '503' })
    await issues.readIssue('SHOP-7')
    expect(told).toHaveLength(1)
    await site.fault({ call: readIssue, fault: '401' })
    await issues.readIssue('SHOP-7')
    expect(told).toHaveLength(2)
  })

  it('a gigabyte: cut off early (X47)', async () => {
    await site.fault({ call: readIssue, fault: 'huge' })
    const before = process.memoryUsage.rss()
    expect(await site.issues.readIssue('SHOP-7')).toEqual({
      kind: 'unknown',
      cause: expect.stringContaining('more than 5000000 bytes'),
    })
    expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000)
  })

  it('nobody listens: unknown', async () => {
    const gone = site.with({ site: 'http://127.0.0.1:1' })
    expect(await gone.readIssue('SHOP-7')).toMatchObject({ kind: 'unknown' })
  })

  it('a wrong token: unknown, and the cause says which; the token is in no text', async () => {
    const token = 'expired-token-of-last-year'
    const answer = await site.with({ account: { email: 'waybill@acme.example', token } }).readIssue('SHOP-7')
    expect(answer).toMatchObject({ kind: 'unknown', cause: expect.stringContaining('(401)') })
    expect(JSON.stringify(answer)).not.toContain(token)
  })

  it('no account: nothing is verified', async () => {
    const none = await openIssues({ settings: null, now: () => 0 })
    expect(none.verifies).toBe(false)
    expect(await none.readIssue('SHOP-7')).toMatchObject({ kind: 'unknown' })
    expect(site.with({ account: null }).verifies).toBe(false)
  })
})

describe('a limit', () => {
  it('is kept: nothing is asked until the time is up', async () => {
    await site.fault({ call: readIssue, fault: '429', seconds: 7 })
    const told = { kind: 'unknown', cause: 'Jira asks to wait until 10:00:07 UTC (429)' }
    expect(await site.issues.readIssue('SHOP-7')).toEqual(told)
    expect(await site.issues.readIssue('SHOP-8')).toEqual(told)
    expect(await site.calls()).toHaveLength(1)
    site.clock.now += 7_000
    expect(await site.issues.readIssue('SHOP-8')).toMatchObject({ kind: 'found' })
  })

  it('of one issue holds up that issue only', async () => {
    await site.fault({ call: readIssue, fault: '429', seconds: 7, issue: 'SHOP-7' })
    expect(await site.issues.readIssue('SHOP-7')).toMatchObject({ kind: 'unknown' })
    expect(await site.issues.readIssue('SHOP-8')).toMatchObject({ kind: 'found' })
    expect(await site.issues.readIssue('SHOP-7')).toMatchObject({ kind: 'unknown' })
    site.clock.now += 7_000
    expect(await site.issues.readIssue('SHOP-7')).toMatchObject({ kind: 'found' })
  })
})
