import { describe, expect, it } from 'vitest'
import { healthRoutes } from '../../src/web/health.ts'

const works = async () => {}
const fails = () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:5432 acme/shop'))

describe('health', () => {
  it('says that the process runs, whatever else does not', async () => {
    const response = await healthRoutes({ database: fails, queue: fails }).request('/healthz')
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }])
  })

  it.each([
    [works, works, 200, { status: 'ok', database: true, queue: true }],
    [fails, works, 503, { status: 'not ready', database: false, queue: true }],
    [works, fails, 503, { status: 'not ready', database: true, queue: false }],
  ])('says which part is not ready, and nothing else', async (database, queue, status, body) => {
    const response = await healthRoutes({ database, queue }).request('/readyz')
    expect([response.status, await response.json()]).toEqual([status, body])
  })

  it('does not wait for a part that hangs', async () => {
    const response = await healthRoutes({ database: () => new Promise(() => {}), queue: works }).request('/readyz')
    expect(response.status).toBe(503)
  })
})
