import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenGitHub, openGitHub } from './open-github.ts'

let github: OpenGitHub

beforeAll(async () => {
  github = await openGitHub()
})

afterAll(async () => {
  expect(github.violations).toEqual([])
  await github.close()
})

type Shop = Awaited<ReturnType<OpenGitHub['repository']>>

const plain = { auto_merge: false, required_contexts: [] }

async function deploy(shop: Shop, order: object): Promise<number> {
  const { body } = await shop.api('deployer', 'POST /deployments', { ref: 'main', ...plain, ...order })
  return Number(body['id'])
}

const report = (shop: Shop, id: number, status: object) =>
  shop.api('deployer', `POST /deployments/${id}/statuses`, status)

async function statesOf(shop: Shop, id: number) {
  const { items } = await shop.api('developer', `GET /deployments/${id}/statuses`)
  return items.map(({ state }) => state)
}

describe('a deployment', () => {
  it('keeps what it was made with', async () => {
    const shop = await github.repository()
    await shop.api('developer', 'POST /releases', { tag_name: 'v1.0.0' })
    const payload = { claim: 7 }
    const order = { ref: 'v1.0.0', environment: 'production', payload, description: 'v1.0.0', ...plain }
    const { status, body } = await shop.api('deployer', 'POST /deployments', order)
    expect([status, body]).toMatchObject([
      201,
      { ref: 'v1.0.0', task: 'deploy', payload, production_environment: true, creator: { login: 'deployer[bot]' } },
    ])
    expect(shop.payload('deployment')).toMatchObject({ action: 'created', deployment: { id: body['id'], payload } })
    const list = async (query: string) => (await shop.api('developer', `GET /deployments?${query}`)).items.length
    expect(await list('environment=production')).toBe(1)
    expect(await list('environment=staging')).toBe(0)
    expect(await list(`sha=${body['sha']}&ref=v1.0.0`)).toBe(1)
    expect((await shop.api('developer', 'GET /environments')).body).toMatchObject({
      environments: [{ name: 'production' }],
    })
    expect((await shop.api('ci', 'POST /deployments', order)).status).toBe(403)
  })

  it('is not made while a context is missing', async () => {
    const shop = await github.repository()
    const developer = await shop.clone('developer')
    const sha = await developer.git('rev-parse', 'origin/main')
    await shop.api('ci', `POST /statuses/${sha}`, { context: 'lint', state: 'pending' })
    const order = { ref: 'main', auto_merge: false }
    expect(await shop.api('deployer', 'POST /deployments', order)).toMatchObject({
      status: 409,
      body: { errors: [{ field: 'required_contexts', contexts: [{ context: 'lint', state: 'pending' }] }] },
    })
    expect((await shop.api('deployer', 'POST /deployments', { ...order, required_contexts: [] })).status).toBe(201)
    await shop.api('ci', `POST /statuses/${sha}`, { context: 'lint', state: 'success' })
    expect((await shop.api('deployer', 'POST /deployments', order)).status).toBe(201)
  })

  it('merges the default branch into a branch that is behind, and makes none then', async () => {
    const shop = await github.repository()
    const { number, sha } = await shop.pull('SHOP-1-a')
    await shop.pull('SHOP-2-b')
    await shop.pass(sha)
    await shop.api('developer', `PUT /pulls/${number}/merge`, {})
    const order = { ref: 'SHOP-2-b', required_contexts: [] }
    const first = await shop.api('deployer', 'POST /deployments', order)
    expect(first).toMatchObject({ status: 202, body: { message: 'Auto-merged main into SHOP-2-b on deployment.' } })
    expect((await shop.api('developer', 'GET /deployments')).items).toEqual([])
    expect((await shop.api('deployer', 'POST /deployments', order)).status).toBe(201)
    expect((await shop.api('deployer', 'POST /deployments', { ...order, ref: sha })).status).toBe(409)
  })
})

describe('a deployment status', () => {
  it('makes older successes inactive, but neither transient nor production ones, and says nothing of it', async () => {
    const shop = await github.repository()
    const [first, second] = [
      await deploy(shop, { environment: 'staging' }),
      await deploy(shop, { environment: 'staging' }),
    ]
    for (const id of [first, second]) await report(shop, id, { state: 'success', description: 'there' })
    expect(await statesOf(shop, first)).toEqual(['inactive', 'success'])
    expect(shop.events().filter((event) => event.startsWith('deployment_status'))).toHaveLength(2)
    const live = [await deploy(shop, {}), await deploy(shop, {})]
    for (const id of live) await report(shop, id, { state: 'success' })
    expect(await Promise.all(live.map((id) => statesOf(shop, id)))).toEqual([['success'], ['success']])
    const box = { environment: 'rush', transient_environment: true }
    const transient = [await deploy(shop, box), await deploy(shop, box)]
    for (const id of transient) await report(shop, id, { state: 'success' })
    expect(await Promise.all(transient.map((id) => statesOf(shop, id)))).toEqual([['success'], ['success']])
  })

  it('is written by who may deploy, in 140 characters', async () => {
    const shop = await github.repository()
    const id = await deploy(shop, { environment: 'staging' })
    expect((await shop.api('ci', `POST /deployments/${id}/statuses`, { state: 'success' })).status).toBe(403)
    expect((await report(shop, id, { state: 'success', description: 'x'.repeat(141) })).status).toBe(422)
    const log_url = 'https://ci.example/1'
    expect((await report(shop, id, { state: 'in_progress', log_url })).body).toMatchObject({ target_url: log_url })
    expect(shop.payload('deployment_status')).toMatchObject({
      deployment_status: { state: 'in_progress' },
      deployment: { id },
    })
    expect((await report(shop, 1, { state: 'success' })).status).toBe(404)
  })
})
