import { afterEach, expect, test } from 'vitest'
import { readBypass } from '../../src/github/read-bypass.ts'
import { type Reply, type ScriptedGithub, startScriptedGithub } from './scripted-github.ts'

const repository = { installationId: 5, id: 77, owner: 'acme', name: 'shop' }
let github: ScriptedGithub | null = null
afterEach(() => github?.close())

async function bypassAt(reply: Reply) {
  github = await startScriptedGithub(() => reply)
  const read = await readBypass(await github.octokitFor(5), repository, 44)
  expect(github.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /repos/acme/shop/rulesets/44?includes_parents=true',
  ])
  return read
}

test('who may bypass a ruleset is read as GitHub tells it to those who may write it', async () => {
  const bypass_actors = [
    { actor_id: 1, actor_type: 'OrganizationAdmin', bypass_mode: 'always' },
    { actor_id: null, actor_type: 'DeployKey', bypass_mode: 'pull_request' },
  ]
  expect(await bypassAt({ body: { id: 44, name: 'main', bypass_actors } })).toEqual([
    { type: 'OrganizationAdmin', id: 1, onlyByPull: false },
    { type: 'DeployKey', id: null, onlyByPull: true },
  ])
})

test.each([
  ['is not told to others', { body: { id: 44, name: 'main' } }],
  ['is unknown where the token may not look', { status: 404, body: { message: 'Not Found' } }],
])('who may bypass a ruleset %s', async (_, reply) => {
  expect(await bypassAt(reply)).toBe(null)
})
