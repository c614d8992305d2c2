import { type ChildProcess, spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { freePort } from '../sandbox/free-port.ts'
import { EnvironmentRefused } from '../src/env.ts'
import { type Running, start } from '../src/main.ts'
import { appKey } from './app-key.ts'
import { inherited } from './inherited.ts'
import { embeddedPlace, postgresPlace } from './store/databases.ts'

const root = resolve(import.meta.dirname, '..')
const secret = 'a-secret-nobody-may-read'
const token = 'a-token-nobody-may-read'
const pem = appKey()
const ended: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end()
})

/** The least GitHub there is: it knows the App, and nobody has installed it. */
async function github(status = 200): Promise<string> {
  const server = createServer((request, response) => {
    const body = request.url?.startsWith('/app/') ? [] : { id: 7, slug: 'waybill' }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  ended.push(async () => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

function variables(githubUrl: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    APP_ID: '7',
    PRIVATE_KEY: pem,
    WEBHOOK_SECRET: secret,
    GITHUB_API_URL: githubUrl,
    JIRA_SITE: 'http://127.0.0.1:9',
    JIRA_EMAIL: 'waybill@example.com',
    JIRA_API_TOKEN: token,
    WAYBILL_DATA: mkdtempSync(join(tmpdir(), 'waybill-main-')),
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'trace',
    ...more,
  }
}

const embedded = async () => ({ WAYBILL_DATA: (await embeddedPlace()).directory })
const postgres = async () => ({ DATABASE_URL: (await postgresPlace()).url })

async function started(more: Record<string, string>): Promise<{ running: Running; lines: string[] }> {
  const lines: string[] = []
  const log = { write: (line: string) => void lines.push(line) }
  const running = await start(variables(await github(), more), { log })
  ended.push(() => running.close())
  return { running, lines }
}

function deliver(url: string, payload: object, id = 'b9a6c7d0-0000-4000-8000-000000000001'): Promise<Response> {
  const body = JSON.stringify(payload)
  return fetch(`${url}/api/github/webhooks`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'push',
      'x-github-delivery': id,
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  })
}

const push = {
  ref: 'refs/heads/SHOP-1-x',
  installation: { id: 2 },
  repository: { id: 1, name: 'shop', owner: { login: 'acme' }, default_branch: 'main' },
  head_commit: { message: 'a message nobody may read' },
}

describe('the program', () => {
  it('takes deliveries in, says that it is ready, and closes', async () => {
    const { running, lines } = await started(await embedded())
    expect((await fetch(`${running.url}/healthz`)).status).toBe(200)
    expect(await (await fetch(`${running.url}/readyz`)).json()).toEqual({ status: 'ok', database: true, queue: true })
    const answers = [await deliver(running.url, push), await deliver(running.url, push)]
    expect(answers.map(({ status }) => status)).toEqual([202, 202])
    const told = lines.filter((line) => line.includes('"msg":"delivery"')).map((line) => JSON.parse(line))
    expect(told).toMatchObject([
      { event: 'push', hints: 1, taken: 'stored' },
      { event: 'push', hints: 1, taken: 'known' },
    ])
    expect((await deliver(running.url, { zen: 'no event of this name' })).status).toBe(422)
    // X9: whatever a stranger names is counted as one.
    for (const event of ['strange_one', 'strange_other'])
      await fetch(`${running.url}/api/github/webhooks`, { method: 'POST', headers: { 'x-github-event': event } })
    const counted = await (await fetch(`${running.url}/metrics`)).text()
    expect(counted).toContain('waybill_deliveries_total{event="other",result="401"} 2')
    expect(counted).not.toContain('strange')
    await running.close()
    await expect(fetch(`${running.url}/healthz`)).rejects.toThrow()
  })

  it('logs JSON without a secret or a payload, even when it traces everything (X48)', async () => {
    const { running, lines } = await started(await postgres())
    await deliver(running.url, push)
    await running.close()
    const text = lines.join('')
    expect(lines.length).toBeGreaterThan(1)
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: expect.any(String) })
    expect(text).not.toContain(secret)
    expect(text).not.toContain(token)
    expect(text).not.toContain('nobody may read')
    expect(text).not.toContain(pem.split('\n')[3])
    expect(text).not.toMatch(/sha256=[0-9a-f]{64}/)
  })

  it('says once that Jira is not configured', async () => {
    const { lines } = await started({ ...(await postgres()), JIRA_SITE: '', JIRA_EMAIL: '', JIRA_API_TOKEN: '' })
    expect(lines.filter((line) => line.includes('Jira is not configured'))).toHaveLength(1)
  })

  it('refuses wrong variables, and an App that GitHub does not know, with one line each', async () => {
    await expect(start({ APP_ID: 'x' })).rejects.toThrow(/^APP_ID must be .*\nWEBHOOK_SECRET is missing.*\nPRIVATE_KEY/)
    const unknown = start(variables(await github(401), await postgres()), { log: { write: () => {} } })
    await expect(unknown).rejects.toThrow(EnvironmentRefused)
  })
})

/** A process of its own needs seconds to begin, many of them on a busy machine. */
const patience = { timeout: 50_000 }

describe('the process', () => {
  type Ran = { readonly child: ChildProcess; readonly output: () => string; readonly cwd: string }

  async function run(environment: Record<string, string>): Promise<Ran> {
    const cwd = mkdtempSync(join(tmpdir(), 'waybill-cwd-'))
    const child = spawn(process.execPath, [join(root, 'src/main.ts')], {
      cwd,
      env: { ...inherited, ...environment },
    })
    ended.push(async () => child.exitCode ?? child.kill('SIGKILL'))
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data: Buffer) => {
        output += data.toString()
      })
    }
    return { child, output: () => output, cwd }
  }

  it('drains at SIGTERM and exits with 0 (F29)', async () => {
    const { child, output } = await run(variables(await github(), { ...(await embedded()), LOG_LEVEL: 'info' }))
    await expect.poll(output, patience).toContain('Waybill is ready')
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('does not wait for GitHub at SIGTERM before it is ready', async () => {
    const place = { ...(await postgres()), JIRA_SITE: '', JIRA_EMAIL: '', JIRA_API_TOKEN: '', LOG_LEVEL: 'info' }
    const { child, output } = await run(variables('http://127.0.0.1:9', place))
    await expect.poll(output, patience).toContain('Jira is not configured')
    child.kill('SIGTERM')
    // What is ready may take 25 s to end.
    const late = pause(20_000, 'waits', { ref: false })
    expect(await Promise.race([once(child, 'exit'), late])).toEqual([0, null])
  })

  it('exits with 1 and one line for each wrong variable', async () => {
    const { child, output } = await run({ APP_ID: '7', PRIVATE_KEY: 'hunter2-hunter2', WEBHOOK_SECRET: 'development' })
    expect(await once(child, 'close')).toEqual([1, null])
    const lines = output().trim().split('\n')
    expect(lines.map((line) => JSON.parse(line).msg.split(' ')[0])).toEqual(['WEBHOOK_SECRET', 'PRIVATE_KEY'])
    expect(output()).not.toContain('hunter2')
  })

  it('exits non-zero at once when nobody caught an error (F81)', async () => {
    const environment = variables(await github(), { ...(await postgres()), LOG_LEVEL: 'info' })
    const bomb = `data:text/javascript,process.on('SIGUSR2',()=>{throw new Error('unforeseen ${token}')})`
    const { child, output } = await run({ ...environment, NODE_OPTIONS: `--import=${bomb.replaceAll(' ', '%20')}` })
    await expect.poll(output, patience).toContain('Waybill is ready')
    child.kill('SIGUSR2')
    expect(await once(child, 'close')).toEqual([1, null])
    expect(output()).toContain('Waybill stops')
    expect(output()).not.toContain(token)
  })

  it('serves the set-up page without an App', async () => {
    const port = await freePort()
    const { child, output, cwd } = await run({ PORT: String(port), PUBLIC_URL: 'https://way.example' })
    const url = `http://127.0.0.1:${port}/probot`
    await expect
      .poll(
        () =>
          fetch(url)
            .then((page) => page.status)
            .catch(() => 0),
        patience,
      )
      .toBe(200)
    const page = await (await fetch(url)).text()
    expect(page).toContain('https://way.example/api/github/webhooks')
    expect(output()).not.toContain('smee')
    const body = JSON.stringify({ appId: '7', pem, webhook_secret: secret })
    expect((await fetch(`${url}/import`, { method: 'POST', body })).status).toBe(200)
    expect(statSync(join(cwd, '.env')).mode & 0o777).toBe(0o600)
    expect(output()).not.toContain(secret)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })
})
