import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { eventually } from '../../sandbox/eventually.ts'
import { createPeople, type People } from '../../sandbox/people.ts'
import { startSandbox } from '../../sandbox/start-sandbox.ts'
import { start } from '../../src/main.ts'
import { inherited } from '../inherited.ts'
import { embeddedPlace } from '../store/databases.ts'

const program = resolve(import.meta.dirname, '../../src/cli/waybill.ts')
const run = promisify(execFile)

it('Q4: a push to the line without a pull request is found after a minute, shown, carried and named by the next release, and audited', async () => {
  let ahead = 0
  const clock = { now: () => Date.now() + ahead }
  const sandbox = await startSandbox(clock)
  const { directory: data } = await embeddedPlace()
  const environment = { ...sandbox.environment(), WAYBILL_DATA: data, PORT: '0', LOG_LEVEL: 'silent' as const }
  const { url, repository, tokens } = sandbox.github
  try {
    const waybill = await start(environment, clock)
    sandbox.pointWebhook(waybill.url)
    const people = createPeople({ github: url, jira: sandbox.jira.url, repository, tokens })
    const first = await people.commitAt('admin', 'main')
    await expect(people.push('developer', 'main', { file: 'hasty.txt', message: 'SHOP-2 At once' })).rejects.toThrow()
    const pushed = await people.push('admin', 'main', { file: 'hasty.txt', message: 'SHOP-2 At once' })
    const found = async () => {
      ahead += 2000
      const check = await people.check(pushed, 'waybill/line')
      return check?.title === 'Pushed without a pull request' ? check : null
    }
    const line = await eventually('the direct push', found, 40_000, 50)
    expect(ahead).toBeGreaterThan(60_000)
    expect(line.summary).toContain(`\`${pushed.slice(0, 7)}\` was pushed without a pull request by admin.`)
    expect(await people.releases()).toEqual([])
    const pull = await merged(people)
    const [release] = await eventually('the release', async () => {
      const all = await people.releases()
      return all.length === 0 ? null : all
    })
    expect(release?.body).toContain(`\`${pushed.slice(0, 7)}\`, pushed without a pull request (merged earlier`)
    const [staging] = await eventually('staging', async () => {
      const there = await people.deployments('staging')
      return there.length === 0 ? null : there
    })
    await people.carry(staging?.id ?? 0, 'success')
    await people.comment('analyst', pull, '/waybill promote production')
    await eventually('the refusal', async () => {
      return (await people.comments(pull)).find(({ body }) => body.includes('/waybill accept v0.1.0')) ?? null
    })
    expect(await people.deployments('production')).toEqual([])
    await waybill.close()
    const env = { ...inherited, ...environment }
    const { stdout } = await run(process.execPath, [program, 'audit', 'report', repository, '--json'], {
      env,
      cwd: data,
    })
    // The report begins with the second of its first row, in which the repository was made too.
    const { exceptions } = JSON.parse(stdout)
    expect(exceptions.filter((one: { readonly what: string }) => one.what !== first)).toMatchObject([
      { kind: 'direct-push', what: pushed, who: 'admin' },
    ])
  } finally {
    await sandbox.close()
    await rm(data, { recursive: true, force: true })
  }
})

/** A change with a pull request that is merged and green; answers its number. */
async function merged(people: People): Promise<number> {
  const head = await people.push('developer', 'SHOP-3-change')
  const pull = await people.openPull('developer', { branch: 'SHOP-3-change', title: 'SHOP-3' })
  await people.report(head, 'success')
  await people.review('reviewer', pull)
  await people.checkIs(head, 'waybill/gate', (check) => check.conclusion === 'success')
  await people.report(await people.merge('developer', pull), 'success')
  return pull
}
