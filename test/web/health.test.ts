import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { healthRoutes, type Readiness } from '../../src/web/health.ts'
import { createMetrics } from '../../src/web/metrics.ts'

const works = async () => {}
const fails = () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:5432 acme/shop'))
const token = 'a-token-of-the-operator'

function routes(readiness: Readiness) {
  const { page, stop, watch } = createMetrics(async () => ({ oldestHint: 1500, outbox: 2, parked: 1 }))
  watch({ kind: 'delivery', event: 'push', result: 'stored' })
  watch({ kind: 'pass', subject: 'pull', result: 'done' })
  watch({ kind: 'call', to: 'github', call: 'POST /graphql WaybillPull', status: 200 })
  watch({ kind: 'remaining', installation: '7', resource: 'core', remaining: 4999 })
  stop()
  const app = healthRoutes({ readiness, page, token })
  return async (path: string, headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') => {
    const response = await app.request(path, { headers }, { incoming: { socket: { remoteAddress } } })
    return { status: response.status, body: await response.text() }
  }
}

describe('health', () => {
  it('says that the process runs, whatever else does not', async () => {
    expect(await routes({ database: fails, queue: fails })('/healthz')).toEqual({
      status: 200,
      body: '{"status":"ok"}',
    })
  })

  it.each([
    [works, works, 200, { status: 'ok', database: true, queue: true }],
    [fails, works, 503, { status: 'not ready', database: false, queue: true }],
    [works, fails, 503, { status: 'not ready', database: true, queue: false }],
  ])('says which part is not ready, and nothing else', async (database, queue, status, body) => {
    const answer = await routes({ database, queue })('/readyz')
    expect([answer.status, JSON.parse(answer.body)]).toEqual([status, body])
  })

  it('does not wait for a part that hangs', async () => {
    expect((await routes({ database: () => new Promise(() => {}), queue: works })('/readyz')).status).toBe(503)
  })
})

describe('metrics', () => {
  it('have the names that docs/operations.md watches', async () => {
    const { page, stop } = createMetrics(async () => ({ oldestHint: 0, outbox: 0, parked: 0 }))
    stop()
    const names = [...(await page()).text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name)
    const written = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8')
    const watched = [...written.matchAll(/\b(?:waybill|process)_[a-z_]+/g)].map(([name]) => name)
    expect([...new Set(watched)].toSorted()).toEqual(names.toSorted())
  })

  it('are no numbers where the database does not answer', async () => {
    const { page, stop } = createMetrics(fails)
    stop()
    expect((await page()).text).toContain('waybill_oldest_hint_seconds Nan')
  })
})

describe('X52: what strangers see', () => {
  const ask = routes({ database: fails, queue: works })

  it.each([
    ['from elsewhere', {}, '203.0.113.7'],
    ['from a proxy on this machine', { 'x-forwarded-for': '203.0.113.7' }, '127.0.0.1'],
    ['with a wrong token', { authorization: 'Bearer a-token-of-somebody' }, '127.0.0.1'],
  ])('is neither a metric nor a part: %s', async (_, headers, address) => {
    expect((await ask('/metrics', headers, address)).status).toBe(401)
    expect(await ask('/readyz', headers, address)).toEqual({ status: 503, body: '{"status":"not ready"}' })
  })

  it.each([
    ['on this machine', {}, '::1'],
    ['with the token', { authorization: `Bearer ${token}`, 'x-forwarded-for': '203.0.113.7' }, '10.0.0.1'],
  ])('is all of it for insiders: %s', async (_, headers, address) => {
    const { status, body } = await ask('/metrics', headers, address)
    expect(status).toBe(200)
    const shown = body.split('\n').filter((line) => line.startsWith('waybill_') && !line.includes('event_loop'))
    expect(shown).toMatchInlineSnapshot(`
      [
        "waybill_deliveries_total{event="push",result="stored"} 1",
        "waybill_passes_total{subject="pull",result="done"} 1",
        "waybill_calls_total{to="github",call="POST /graphql WaybillPull",status="200"} 1",
        "waybill_github_remaining{installation="7",resource="core"} 4999",
        "waybill_oldest_hint_seconds 1.5",
        "waybill_outbox_reports 2",
        "waybill_parked_subjects 1",
      ]
    `)
    expect((await ask('/readyz', headers, address)).body).toContain('"database":false')
  })
})
