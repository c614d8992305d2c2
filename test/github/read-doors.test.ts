import { afterEach, expect, test } from 'vitest'
import { readDoors } from '../../src/github/read-doors.ts'
import { shopConfig } from '../line-world.ts'
import { type Reply, type ScriptedGithub, startScriptedGithub } from './scripted-github.ts'

const repository = { installationId: 5, id: 77, owner: 'acme', name: 'shop' }
const opened: ScriptedGithub[] = []
afterEach(async () => {
  for (const github of opened.splice(0)) await github.close()
})

const listed = [
  { id: 44, target: 'tag', enforcement: 'active' },
  { id: 45, target: 'tag', enforcement: 'evaluate' },
]
const whole = {
  id: 44,
  source_type: 'Organization',
  source: 'acme',
  conditions: { ref_name: { include: ['refs/tags/v*'], exclude: [] } },
  rules: [{ type: 'creation' }, { type: 'deletion' }],
  current_user_can_bypass: 'always',
}

async function octokitOf(ruleset: Reply) {
  const github = await startScriptedGithub(({ path }) => {
    if (path.includes('/rulesets/')) return ruleset
    return path.includes('/rulesets?') ? { body: listed } : { status: 404, body: { message: 'Not Found' } }
  })
  opened.push(github)
  return github.octokitFor(5)
}

async function rulesetsOf(ruleset: Reply, asAdmin: Reply | null = null) {
  const config = { kind: 'valid', config: shopConfig(), sha: 'a', path: '', problems: [] } as const
  const octokit = await octokitOf(ruleset)
  const admin = asAdmin === null ? null : await octokitOf(asAdmin)
  return (await readDoors({ octokit, admin, repository }, config)).tagRulesets
}

const known = { id: 44, organisation: 'acme', include: ['refs/tags/v*'], exclude: [], rules: ['creation', 'deletion'] }

test('an active ruleset for tags is read with what it holds; its bypass list as far as it is told', async () => {
  expect(await rulesetsOf({ body: whole })).toEqual([{ ...known, bypass: null, ownBypass: true }])
  const bypass_actors = [{ actor_id: 7, actor_type: 'Integration', bypass_mode: 'always' }]
  const bypass = [{ type: 'Integration', id: 7, onlyByPull: false }]
  expect(await rulesetsOf({ body: whole }, { body: { ...whole, bypass_actors } })).toEqual([
    { ...known, bypass, ownBypass: true },
  ])
})

test('what can not be read is not found bound, and not open', async () => {
  expect(await rulesetsOf({ status: 404, body: { message: 'Not Found' } })).toBe(null)
  expect(await rulesetsOf({ body: { ...whole, current_user_can_bypass: undefined } })).toMatchObject([
    { ownBypass: null },
  ])
})
