import { spawn } from 'node:child_process'
import { access, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import { createPeople } from '../../sandbox/people.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/start-sandbox.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

async function open(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox(options)
  closing.push(sandbox.close)
  return sandbox
}

it('leaves what Node gives to whatever runs in its process', async () => {
  const { Request, Response } = globalThis
  await open({})
  expect(globalThis.Response === Response && globalThis.Request === Request).toBe(true)
})

function peopleOf({ github, jira }: Pick<Sandbox, 'github' | 'jira'>) {
  const { url, repository, tokens } = github
  return createPeople({ github: url, jira: jira.url, repository, tokens })
}

/** Processes need seconds to begin, many of them on a busy machine (ms). */
const patience = 50_000

/** `npm run sandbox` as a process; ended with SIGTERM. */
function run(...options: readonly string[]) {
  const main = fileURLToPath(new URL('../../sandbox/main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, ...options], { stdio: ['ignore', 'pipe', 'pipe'] })
  const output = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    output.out += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    output.err += String(chunk)
  })
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  closing.push(async () => {
    child.kill('SIGKILL')
    await exited
  })
  const stop = () => {
    child.kill('SIGTERM')
    return exited
  }
  return {
    output,
    exited,
    stop,
    line: () => eventually('the line', async () => (output.out.includes('\n') ? output.out : null), patience),
  }
}

describe('startSandbox', () => {
  it('gives what Waybill needs to run against it', async () => {
    const sandbox = await open({})
    expect(sandbox.environment()).toEqual({
      APP_ID: String(sandbox.app.id),
      PRIVATE_KEY: expect.stringContaining('PRIVATE KEY'),
      WEBHOOK_SECRET: sandbox.webhookSecret,
      GITHUB_API_URL: sandbox.github.url,
      JIRA_SITE: sandbox.jira.url,
      JIRA_EMAIL: sandbox.jira.email,
      JIRA_API_TOKEN: sandbox.jira.token,
      JIRA_CLIENT_ID: sandbox.jira.state.client.id,
      JIRA_CLIENT_SECRET: sandbox.jira.state.client.secret,
      JIRA_GATEWAY_URL: sandbox.jira.url,
      HOST: '127.0.0.1',
      PORT: new URL(sandbox.waybillUrl).port,
      WAYBILL_DATA: expect.any(String),
    })
    expect(sandbox.webhookSecret.length).toBeGreaterThanOrEqual(16)
  })

  it('leaves nothing behind', async () => {
    const sandbox = await startSandbox({})
    const folder = sandbox.environment()['WAYBILL_DATA']?.replace(/\/database$/, '') ?? ''
    await access(folder)
    await sandbox.close()
    await expect(access(folder)).rejects.toThrow('ENOENT')
    await expect(fetch(sandbox.github.url)).rejects.toThrow('fetch failed')
    await expect(fetch(sandbox.jira.url)).rejects.toThrow('fetch failed')
  })
})

describe('robots', () => {
  const deployment = { ref: 'main', environment: 'staging', auto_merge: false, required_contexts: [] }

  it('ci: a push gets a green build, by the App ci', async () => {
    const people = peopleOf(await open({ ci: true }))
    const sha = await people.push('developer', 'SHOP-7-gift-cards')
    const check = await people.checkIs(sha, 'build', (one) => one.status === 'completed')
    expect(check.conclusion).toBe('success')
  })

  it('deployer: a deployment goes on and succeeds', async () => {
    const people = peopleOf(await open({ deployer: true }))
    const made = (await people.call('developer', 'POST :repo/deployments', deployment)) as { id: number }
    const states = await eventually('two statuses', async () => {
      const listed = (await people.call('developer', `GET :repo/deployments/${made.id}/statuses`)) as {
        state: string
      }[]
      return listed.length < 2 ? null : listed.map(({ state }) => state)
    })
    expect(states).toEqual(['success', 'in_progress'])
  })

  it('do nothing unasked', async () => {
    const people = peopleOf(await open({ ci: false, deployer: false }))
    const sha = await people.push('developer', 'SHOP-7-gift-cards')
    await people.call('developer', 'POST :repo/deployments', deployment)
    expect(await people.check(sha, 'build')).toBeNull()
  })
})

describe('npm run sandbox', () => {
  it('--json prints one line when ready, and Waybill judges the first push', async () => {
    const sandbox = run('--json')
    const told = JSON.parse(await sandbox.line())
    expect(told).toMatchObject({
      github: { repository: 'acme/shop', tokens: { developer: expect.any(String), deployer: expect.any(String) } },
      jira: { email: expect.any(String), token: expect.any(String) },
      waybill: { webhookSecret: expect.any(String) },
    })
    expect((await fetch(`${told.waybill.url}/readyz`)).status).toBe(200)
    const people = peopleOf(told)
    const sha = await people.push('developer', 'SHOP-7-gift-cards')
    await people.checkIs(sha, 'waybill/branch', (check) => check.conclusion === 'success')
    await eventually('the branch in Jira', async () => (await people.issue('SHOP-7'))['branches']?.[0] ?? null)
    expect(await sandbox.stop()).toBe(0)
    expect(sandbox.output.out.split('\n')).toEqual([expect.stringMatching(/^\{.*\}$/), ''])
    await expect(fetch(`${told.waybill.url}/readyz`)).rejects.toThrow('fetch failed')
  })

  it('--without-waybill starts the places only, and takes ports', async () => {
    const sandbox = run('--without-waybill', '--json')
    const told = JSON.parse(await sandbox.line())
    await expect(fetch(`${told.waybill.url}/readyz`)).rejects.toThrow('fetch failed')
    expect(told.waybill.environment).toMatchObject({ GITHUB_API_URL: told.github.url })
    const [github, jira] = [told.github.url, told.jira.url].map((url: string) => new URL(url).port)
    const taken = run('--without-waybill', '--json', '--github-port', String(github), '--jira-port', String(jira))
    expect(await taken.exited).not.toBe(0)
    expect(taken.output).toMatchObject({ out: '', err: expect.stringContaining(String(github)) })
    expect(await sandbox.stop()).toBe(0)
  })

  it('tells a person where everything is, and an unknown option what there is', async () => {
    const sandbox = run('--without-waybill')
    const shown = async () => (sandbox.output.out.includes('Ctrl+C') ? sandbox.output.out : null)
    const told = await eventually('its end', shown, patience)
    expect(told).toMatch(/git clone .* http:\/\/developer:\S+@/)
    // What `env $(cat FILE)` takes: a variable a line, without blanks.
    const file = /env \$\(cat (\S+)\) npm run explain/.exec(told)?.[1] ?? ''
    expect((await readFile(file, 'utf8')).trimEnd().split('\n')).toEqual(
      expect.arrayContaining([expect.stringMatching(/^APP_ID=\d+$/), expect.stringMatching(/^PRIVATE_KEY=\S+$/)]),
    )
    expect(await sandbox.stop()).toBe(0)
    const lost = run('--frobnicate')
    expect(await lost.exited).toBe(2)
    expect(lost.output.err).toContain('--github-port')
  })
})
