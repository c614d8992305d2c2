import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSandbox } from '../../sandbox/start-sandbox.ts'
import { embeddedPlace } from '../store/databases.ts'

const program = resolve(import.meta.dirname, '../../src/cli/waybill.ts')
let cwd: string
let sandbox: Awaited<ReturnType<typeof startSandbox>>
beforeAll(async () => {
  cwd = (await embeddedPlace()).directory
  sandbox = await startSandbox({})
})
afterAll(() => sandbox.close())

async function doctor(args: readonly string[], more: Record<string, string> = {}) {
  return waybill(['doctor', 'acme/shop', ...args], more)
}

async function waybill(args: readonly string[], more: Record<string, string> = {}) {
  const env = { PATH: process.env['PATH'], ...sandbox.environment(), WAYBILL_DATA: cwd, ...more }
  return promisify(execFile)(process.execPath, [program, ...args], { cwd, env }).then(
    ({ stdout }) => stdout,
    (error: unknown) => (error instanceof Error && 'stderr' in error ? String(error.stderr) : ''),
  )
}

describe('waybill doctor', () => {
  it('says what is weak and the next click; --fix pins the gate by the admin’s own token, and by nobody else’s', async () => {
    const first = await doctor([])
    expect(first).toContain('! waybill/gate on main may come from anybody: whoever may set a status can forge it.')
    expect(first).toContain('! Administrators may merge into main without the gate.')
    expect(await doctor(['--fix'], { GITHUB_TOKEN: sandbox.github.tokens.developer })).toMatch(/40[34]/)
    const fixed = await doctor(['--fix'], { GITHUB_TOKEN: sandbox.github.tokens.admin })
    expect(fixed).toContain('waybill/gate is required on main now, from this App only.')
    const after = JSON.parse(await doctor(['--json']))
    expect(after.findings.map((one: { kind: string }) => one.kind)).not.toContain('gate-not-pinned')
    const violations = await fetch(`${sandbox.github.url}/_sandbox/violations`)
    expect(await violations.json()).toEqual([])
  }, 90_000)
})

describe('waybill explain OWNER/REPO', () => {
  it('Q12 Q13 shows each value in force and who set it', async () => {
    const text = await waybill(['explain', 'acme/shop'], { WAYBILL_MODE: 'report' })
    expect(text).toMatch(/^acme\/shop \.github\/waybill\.yml\n/)
    expect(text).toMatch(/\nmode +"report" {2}\(WAYBILL_MODE\)\n/)
    expect(text).toMatch(/\nissues\.projects +\["SHOP"\] {2}\(the repository's file\)\n/)
    expect(text).toMatch(/\nmerge\.neutral +"pass" {2}\(default\)\n/)
  }, 60_000)
})
