import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPeople } from '../../sandbox/people.ts'
import { startSandbox } from '../../sandbox/start-sandbox.ts'
import { doctorCommand } from '../../src/cli/doctor.ts'
import { explainCommand } from '../../src/cli/explain.ts'
import { embeddedPlace, postgresPlace } from '../store/databases.ts'
import { runCommand } from './run-command.ts'

let sandbox: Awaited<ReturnType<typeof startSandbox>>
beforeAll(async () => {
  sandbox = await startSandbox({})
})
afterAll(() => sandbox.close())

/** What it prints, or complains of. */
async function doctor(args: readonly string[], more: Record<string, string>, repository = 'acme/shop') {
  const env = { ...sandbox.environment(), ...more }
  return runCommand(doctorCommand(), [repository, ...args], env).catch(String)
}

describe('waybill doctor', () => {
  it('says what is weak and the next click; --fix pins the gate by the admin’s own token, and by nobody else’s', async () => {
    const { url: DATABASE_URL } = await postgresPlace()
    const first = await doctor([], { DATABASE_URL })
    const place = { github: sandbox.github.url, jira: sandbox.jira.url, repository: 'acme/shop' }
    const people = createPeople({ ...place, tokens: sandbox.github.tokens })
    await people.push('admin', 'main', { file: '.jira/config.yml', body: 'deployments: {}' })
    expect(first).toContain('! waybill/gate on main may come from anybody: whoever may set a status can forge it.')
    expect(first).toContain('! Administrators may merge into main without the gate.')
    expect(first).toContain('! No ruleset binds the tags v{version}')
    expect(first).not.toMatch(/jira/i)
    expect(await doctor(['--fix'], { DATABASE_URL, GITHUB_TOKEN: sandbox.github.tokens.developer })).toMatch(/40[34]/)
    const fixed = await doctor(['--fix'], { DATABASE_URL, GITHUB_TOKEN: sandbox.github.tokens.admin })
    expect(fixed).toContain('waybill/gate is required on main now, from this App only.')
    const after = JSON.parse(await doctor(['--json'], { DATABASE_URL, JIRA_API_TOKEN: 'expired' }))
    const kinds = after.findings.map((one: { kind: string }) => one.kind)
    expect(kinds).not.toContain('gate-not-pinned')
    expect(kinds).toEqual(expect.arrayContaining(['account-fails', 'others-unseen', 'jira-app-file']))
    const holds = {
      name: 'versions',
      target: 'tag',
      enforcement: 'active',
      rules: [{ type: 'creation' }, { type: 'update' }, { type: 'deletion' }],
    }
    const own = { actor_id: sandbox.app.id, actor_type: 'Integration', bypass_mode: 'always' }
    const conditions = { ref_name: { include: ['refs/tags/v*'], exclude: [] } }
    await people.call('admin', 'POST :repo/rulesets', { ...holds, conditions, bypass_actors: [own] })
    const bound = await doctor([], { DATABASE_URL })
    expect(bound).not.toContain('No ruleset')
    expect(bound).toContain('Who may bypass the rules for the tags of versions is told to administrators only.')
    const told = await doctor([], { DATABASE_URL, GITHUB_TOKEN: sandbox.github.tokens.admin })
    expect(told).not.toMatch(/tags of versions|release nothing/)
    const violations = await fetch(`${sandbox.github.url}/_sandbox/violations`)
    expect(await violations.json()).toEqual([])
  })
})

describe('waybill doctor where the configuration names what is not there', () => {
  it('says so of branches, their own files and people', async () => {
    const merge = 'merge: {into: [main, trunk, release], approvers: [ghost, reviewer]}'
    const config = `version: 1\nissues: {projects: [SHOP]}\n${merge}\n`
    const body = JSON.stringify({ name: 'names', config })
    const headers = { 'content-type': 'application/json' }
    await fetch(`${sandbox.github.url}/_sandbox/repositories`, { method: 'POST', headers, body })
    const place = { github: sandbox.github.url, jira: sandbox.jira.url, repository: 'acme/names' }
    const people = createPeople({ ...place, tokens: sandbox.github.tokens })
    await people.push('admin', 'release', { file: '.github/waybill.yml', body: null })
    const { url: DATABASE_URL } = await postgresPlace()
    const said = await doctor([], { DATABASE_URL }, 'acme/names')
    expect(said).toContain('✗ merge.into names trunk, and there is no such branch')
    expect(said).toContain('✗ merge.into names release, and release has no .github/waybill.yml of its own')
    expect(said).toContain('! The configuration names whom GitHub does not know: ghost.')
  }, 60_000)
})

describe('waybill explain OWNER/REPO', () => {
  it('Q12 Q13 shows each value in force and who set it', async () => {
    const { directory } = await embeddedPlace()
    const env = { ...sandbox.environment(), WAYBILL_DATA: directory, WAYBILL_MODE: 'report' }
    const text = await runCommand(explainCommand(), ['acme/shop'], env)
    expect(text).toMatch(/^acme\/shop \.github\/waybill\.yml\n/)
    expect(text).toMatch(/\nmode +"report" {2}\(WAYBILL_MODE\)\n/)
    expect(text).toMatch(/\nissues\.projects +\["SHOP"\] {2}\(the repository's file\)\n/)
    expect(text).toMatch(/\nmerge\.neutral +"pass" {2}\(default\)\n/)
  })
})
