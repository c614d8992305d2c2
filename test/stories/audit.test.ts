import { rm } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import { createPeople } from '../../sandbox/people.ts'
import { startSandbox } from '../../sandbox/start-sandbox.ts'
import { auditCommand } from '../../src/cli/audit.ts'
import { start } from '../../src/main.ts'
import { runCommand } from '../cli/run-command.ts'
import { embeddedPlace } from '../store/databases.ts'

it('X56 I5: an auditor verifies the log against GitHub, and sees what went past the gate and past Waybill', async () => {
  const sandbox = await startSandbox({})
  const { directory: data } = await embeddedPlace()
  const environment = { ...sandbox.environment(), WAYBILL_DATA: data, PORT: '0', LOG_LEVEL: 'silent' as const }
  const audit = async (...words: readonly string[]): Promise<unknown> => {
    return JSON.parse(await runCommand(auditCommand(), [...words, '--json'], environment))
  }
  try {
    await expect(audit('report', sandbox.github.repository)).rejects.toThrow('the log has no row about')
    const waybill = await start(environment)
    await fetch(`${sandbox.github.url}/_sandbox/webhooks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: `${waybill.url}/api/github/webhooks` }),
    })
    const { url, repository, tokens } = sandbox.github
    const people = createPeople({ github: url, jira: sandbox.jira.url, repository, tokens })
    const head = await people.push('developer', 'SHOP-3-change')
    const pull = await people.openPull('developer', { branch: 'SHOP-3-change', title: 'SHOP-3' })
    await people.report(head, 'success')
    await people.review('reviewer', pull)
    await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
    await people.report(await people.merge('developer', pull), 'success')
    await eventually('a deployment to staging', async () => (await people.deployments('staging'))[0] ?? null)
    await people.push('developer', 'SHOP-4-change')
    const bypassed = await people.openPull('developer', { branch: 'SHOP-4-change', title: 'SHOP-4' })
    await people.merge('admin', bypassed)
    const foreign = { ref: 'main', environment: 'production', auto_merge: false, required_contexts: [] }
    await people.call('admin', 'POST :repo/deployments', foreign)
    await waybill.close()
    expect(await audit('verify', repository)).toMatchObject({ broken: null, witnesses: 2 })
    const report = await audit('report', repository)
    expect(report).toMatchObject({ repository, merges: 2, deployments: 1 })
    expect(report).toMatchObject({
      exceptions: [
        { kind: 'bypass', what: expect.stringContaining(`#${bypassed} `), who: 'admin' },
        { kind: 'foreign-deployment', who: 'admin', what: expect.stringContaining('to production') },
      ],
    })
    expect(await audit('show', 'v0.1.0')).toMatchObject([
      { action: 'gate', subject: `main#${pull}`, sha: head },
      { action: 'release', version: 'v0.1.0' },
      { action: 'deploy', environment: 'staging' },
    ])
  } finally {
    await sandbox.close()
    await rm(data, { recursive: true, force: true })
  }
})
