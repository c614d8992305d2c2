import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenGitHub, openGitHub } from '../sandbox/github/open-github.ts'
import { readWorkflow, runWorkflow } from './run-workflow.ts'

const recipes = resolve(import.meta.dirname, '../../docs/recipes')
const digest = `sha256:${'a1'.repeat(32)}`

let github: OpenGitHub
let shop: Awaited<ReturnType<OpenGitHub['repository']>>
let directory: string

beforeAll(async () => {
  github = await openGitHub()
  shop = await github.repository()
  directory = await mkdtemp(join(tmpdir(), 'waybill-recipe-'))
  await mkdir(join(directory, 'ci'))
  await script('ci/build', `echo "${digest}"`)
  await script('ci/deploy', 'echo "$@" >> deployed; [ "$1" != broken ] && echo "https://$1.shop.example"')
})
afterAll(async () => {
  expect(github.violations).toEqual([])
  await github.close()
})

async function script(name: string, body: string): Promise<void> {
  await writeFile(join(directory, name), `#!/bin/sh\n${body}\n`)
  await chmod(join(directory, name), 0o755)
}

/** A deployment as Waybill makes it; `deployer` stands for Waybill's App, since it has a token. */
async function ordered(environment: string, more: object = {}): Promise<{ readonly [key: string]: unknown }> {
  const payload = { waybill: { environment, tag: 'v1.0.0', attempt: 1 }, ...more }
  const order = { ref: 'main', environment, payload, auto_merge: false, required_contexts: [] }
  return (await shop.api('deployer', 'POST /deployments', order)).body
}

async function statusesOf(id: unknown) {
  const { items } = await shop.api('deployer', `GET /deployments/${id}/statuses`)
  return items.map(({ state, description, environment_url }) => ({ state, description, environment_url })).toReversed()
}

describe('deploy-on-deployment.yml', () => {
  const file = join(recipes, 'deploy-on-deployment.yml')

  async function run(deployment: { readonly [key: string]: unknown }, waybill = 'deployer[bot]') {
    const name = `acme/${shop.repository.name}`
    const contexts = {
      github: {
        event: { deployment },
        api_url: github.url,
        server_url: github.url,
        repository: name,
        token: github.world.tokens.deployer,
        run_id: 7,
      },
      vars: { WAYBILL_LOGIN: waybill },
    }
    return runWorkflow(await readWorkflow(file), { directory, contexts, variables: {} })
  }

  it('starts on a deployment and makes no record beside it', async () => {
    const { on, jobs } = await readWorkflow(file)
    expect(on).toBe('deployment')
    expect(jobs['deploy']?.environment).toMatchObject({ deployment: false })
  })

  it('builds once, names the digest, and says where to look', async () => {
    const deployment = await ordered('staging')
    expect(await run(deployment)).toMatchObject({ success: true })
    expect(await statusesOf(deployment['id'])).toEqual([
      { state: 'in_progress', description: 'on its way', environment_url: '' },
      { state: 'success', description: digest, environment_url: 'https://staging.shop.example' },
    ])
  })

  it('takes what was built before, and builds nothing', async () => {
    const built = `sha256:${'b2'.repeat(32)}`
    const deployment = await ordered('production', { artifact: built })
    expect(await run(deployment)).toMatchObject({ success: true })
    expect(await statusesOf(deployment['id'])).toMatchObject([{}, { state: 'success', description: built }])
  })

  it('says that it failed', async () => {
    const deployment = await ordered('broken')
    expect(await run(deployment)).toMatchObject({ success: false })
    expect(await statusesOf(deployment['id'])).toMatchObject([{ state: 'in_progress' }, { state: 'failure' }])
  })

  it.each([
    ['somebody else ordered', 'waybill[bot]', {}],
    ['holds no claim for this environment', 'deployer[bot]', { waybill: { environment: 'staging' } }],
  ])('refuses what %s, before it does anything', async (_name, waybill, more) => {
    const deployment = await ordered('production', more)
    const { success, ran, printed } = await run(deployment, waybill)
    expect({ success, ran }).toEqual({
      success: false,
      ran: ['Refuse what Waybill did not order', 'Say that it failed'],
    })
    expect(printed).toContain('::error::')
  })
})

describe('deploy-behind-the-rule.yml', () => {
  it('asks the rule, leaves a record, and takes versions only', async () => {
    const workflow = await readWorkflow(join(recipes, 'deploy-behind-the-rule.yml'))
    expect(workflow.on).toEqual({ workflow_dispatch: null })
    expect(workflow.jobs['deploy']?.environment).toBe('production')
    const on = (type: string) => {
      const variables = { GITHUB_REF_TYPE: type, GITHUB_REF_NAME: 'v1.0.0' }
      return runWorkflow(workflow, { directory, contexts: {}, variables })
    }
    expect(await on('tag')).toMatchObject({ success: true, ran: ['Take versions only', 'Deploy'] })
    expect(await on('branch')).toMatchObject({ success: false, ran: ['Take versions only'] })
  })
})

describe('runner.mjs', () => {
  async function run(environment: string, ...command: readonly string[]): Promise<number> {
    const args = [join(recipes, 'runner.mjs'), environment, '--once', '--', ...command]
    const env = {
      PATH: process.env['PATH'],
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: `acme/${shop.repository.name}`,
      GITHUB_TOKEN: github.world.tokens.deployer,
      WAYBILL_LOGIN: 'deployer[bot]',
    }
    return promisify(execFile)(process.execPath, args, { cwd: directory, env }).then(
      () => 0,
      (error: { readonly code: number }) => error.code,
    )
  }

  it('carries out what waits, oldest first, and reports address and digest', async () => {
    const [first, second] = [await ordered('edge'), await ordered('edge', { artifact: digest })]
    expect(await run('edge', 'sh', '-c', 'echo "$DEPLOYMENT $TAG $ARTIFACT" >> ran; echo https://edge.example')).toBe(0)
    expect((await statusesOf(first['id'])).slice(0, 2)).toEqual([
      { state: 'in_progress', description: 'on its way', environment_url: '' },
      { state: 'success', description: 'done', environment_url: 'https://edge.example' },
    ])
    expect(await statusesOf(second['id'])).toMatchObject([{}, { state: 'success', description: digest }])
    expect(await run('edge', 'false')).toBe(0)
  })

  it('says that it failed, and leaves alone what Waybill did not order', async () => {
    const order = { ref: 'main', environment: 'far', auto_merge: false, required_contexts: [] }
    const { body } = await shop.api('developer', 'POST /deployments', order)
    expect(await run('far', 'true')).toBe(0)
    expect(await statusesOf(body['id'])).toEqual([])
    const deployment = await ordered('far')
    expect(await run('far', 'false')).toBe(1)
    expect(await statusesOf(deployment['id'])).toMatchObject([
      { state: 'in_progress' },
      { state: 'failure', description: 'the command ended with 1' },
    ])
  })
})
