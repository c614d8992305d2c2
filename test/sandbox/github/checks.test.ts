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

describe('a check run', () => {
  it('is made, goes on, is completed, and stays so', async () => {
    const shop = await github.repository()
    const { sha, number } = await shop.pull('SHOP-1-a')
    const { body: made } = await shop.api('ci', 'POST /check-runs', {
      name: 'build',
      head_sha: sha,
      status: 'in_progress',
    })
    expect(made).toMatchObject({
      status: 'in_progress',
      conclusion: null,
      app: { slug: 'ci' },
      pull_requests: [{ number }],
    })
    const path = `/check-runs/${made['id']}`
    const output = { title: 'Green', summary: 'all of it' }
    await shop.api('ci', `PATCH ${path}`, { conclusion: 'success', output })
    const late = await shop.api('ci', `PATCH ${path}`, {
      status: 'in_progress',
      output: { title: 'No', summary: 'no' },
    })
    expect(late).toMatchObject({ status: 200, body: { status: 'completed', conclusion: 'success', output } })
    expect(shop.events().filter((event) => event.startsWith('check'))).toEqual([
      'check_run.created',
      'check_run.completed',
      'check_suite.completed',
    ])
    expect(shop.payload('check_suite')).toMatchObject({
      check_suite: { head_branch: 'SHOP-1-a', head_sha: sha, conclusion: 'success' },
    })
  })

  it('belongs to its App alone', async () => {
    const shop = await github.repository()
    const { sha } = await shop.pull('SHOP-1-a')
    const run = { name: 'build', head_sha: sha, status: 'queued' }
    expect((await shop.api('developer', 'POST /check-runs', run)).status).toBe(403)
    expect((await shop.api('deployer', 'POST /check-runs', run)).status).toBe(403)
    const { body } = await shop.api('ci', 'POST /check-runs', run)
    const minted = await github.call(
      github.jwt(),
      `POST /app/installations/${github.world.installation.id}/access_tokens`,
    )
    const waybill = `token ${minted.body['token']}`
    expect((await shop.api(waybill, `PATCH /check-runs/${body['id']}`, { conclusion: 'success' })).status).toBe(403)
    await shop.api(waybill, 'POST /check-runs', { ...run, status: 'completed', conclusion: 'success' })
    const { body: suites } = await shop.api('developer', `GET /commits/${sha}/check-suites`)
    expect(suites).toMatchObject({
      check_suites: [{ status: 'queued' }, { status: 'completed', conclusion: 'success' }],
    })
  })

  it('is listed with its newest namesake only, unless all are asked for', async () => {
    const shop = await github.repository()
    const { sha } = await shop.pull('SHOP-1-a')
    await shop.pass(sha, 'failure')
    const { body: newest } = await shop.pass(sha)
    const list = async (query: string) => {
      const { body } = await shop.api('developer', `GET /commits/${sha}/check-runs?check_name=waybill%2Fgate${query}`)
      return body
    }
    expect(await list('')).toMatchObject({ total_count: 1, check_runs: [{ id: newest['id'], conclusion: 'success' }] })
    expect(await list('&filter=all')).toMatchObject({ total_count: 2 })
    expect(await list('&filter=all&per_page=1&page=2')).toMatchObject({ check_runs: [{ conclusion: 'failure' }] })
  })

  it('keeps to the limits of GitHub', async () => {
    const shop = await github.repository()
    const { sha } = await shop.pull('SHOP-1-a')
    const run = { name: 'build', head_sha: sha }
    const statusOf = async (more: object) => (await shop.api('ci', 'POST /check-runs', { ...run, ...more })).status
    expect(await statusOf({ output: { title: 't', summary: 'x'.repeat(65_536) } })).toBe(422)
    const action = { label: 'l'.repeat(21), description: 'd', identifier: 'i' }
    expect(await statusOf({ actions: [action] })).toBe(422)
    expect(await statusOf({ head_sha: 'f'.repeat(40) })).toBe(422)
    github.violations.splice(0)
  })

  it('has buttons that people with write access press', async () => {
    const shop = await github.repository()
    const { sha } = await shop.pull('SHOP-1-a')
    const actions = [{ label: 'Promote', description: 'to production', identifier: 'promote' }]
    const { body } = await shop.api('ci', 'POST /check-runs', {
      name: 'line',
      head_sha: sha,
      conclusion: 'success',
      actions,
    })
    const order = { repository: `acme/${shop.name}`, check_run_id: body['id'], identifier: 'promote' }
    expect((await github.call('outsider', 'POST /_sandbox/press', order)).status).toBe(404)
    expect((await github.call('analyst', 'POST /_sandbox/press', { ...order, identifier: 'other' })).status).toBe(422)
    expect((await github.call('analyst', 'POST /_sandbox/press', order)).status).toBe(201)
    expect(shop.payload('check_run')).toMatchObject({
      action: 'requested_action',
      requested_action: { identifier: 'promote' },
      sender: { login: 'analyst' },
    })
    expect((await shop.api('developer', `POST /check-runs/${body['id']}/rerequest`)).status).toBe(201)
    expect(shop.payload('check_run')).toMatchObject({ action: 'rerequested' })
  })
})

describe('a commit status', () => {
  it('is combined with its newest namesakes, and counts as a required check', async () => {
    const shop = await github.repository()
    const { sha, number } = await shop.pull('SHOP-1-a')
    const report = (context: string, state: string) => shop.api('ci', `POST /statuses/${sha}`, { context, state })
    await report('waybill/gate', 'failure')
    await report('lint', 'success')
    expect((await shop.api('developer', `GET /commits/${sha}/status`)).body).toMatchObject({
      state: 'failure',
      total_count: 2,
    })
    expect((await shop.api('developer', `PUT /pulls/${number}/merge`, {})).status).toBe(405)
    await report('waybill/gate', 'success')
    expect((await shop.api('developer', 'GET /commits/SHOP-1-a/status')).body).toMatchObject({ state: 'success' })
    expect((await shop.api('developer', `GET /commits/${sha}/statuses`)).items).toHaveLength(3)
    expect(shop.payload('status')).toMatchObject({ sha, context: 'waybill/gate', branches: [{ name: 'SHOP-1-a' }] })
    expect((await shop.api('developer', `PUT /pulls/${number}/merge`, {})).status).toBe(200)
  })
})
