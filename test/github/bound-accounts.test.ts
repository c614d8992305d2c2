import { afterEach, describe, expect, it } from 'vitest'
import { createBoundAccounts } from '../../src/github/bound-accounts.ts'
import { configSchema } from '../../src/model/config-schema.ts'
import { absent, found } from '../../src/model/lookup.ts'
import * as a from './answers.ts'
import { type Reply, type ScriptedGithub, startScriptedGithub } from './scripted-github.ts'

let github: ScriptedGithub
afterEach(async () => {
  await github.close()
  expect(github.violations).toEqual([])
})

const config = (promoters: readonly string[]) =>
  configSchema.parse({
    version: 1,
    issues: { projects: ['SHOP'] },
    environments: [{ name: 'production', type: 'production', promoters, reporters: ['deployer[bot]'] }],
  })

/** GitHub, where these logins belong to these accounts. */
async function start(accounts: Map<string, number>) {
  github = await startScriptedGithub((call): Reply => {
    const logins = Object.entries(Object(call.body['variables']))
    const entries = logins.map(([key, login]) => [key.replace('login', 'name'), accounts.get(String(login))] as const)
    const errors = entries.flatMap(([path, id]) =>
      id === undefined ? [{ type: 'NOT_FOUND', path: [path], message: 'Could not resolve to a User' }] : [],
    )
    const data = Object.fromEntries(entries.map(([path, id]) => [path, id === undefined ? null : { databaseId: id }]))
    return { body: errors.length === 0 ? { data } : { data, errors } }
  })
  const kept = new Map<string, number | null>()
  const bound = createBoundAccounts({
    accountsBound: async () => new Map(kept),
    bindAccounts: async (_repository, _branch, { named, found: fresh }) => {
      for (const login of kept.keys()) if (!named.includes(login)) kept.delete(login)
      for (const [login, id] of fresh) if (!kept.has(login)) kept.set(login, id)
      return new Map(kept)
    },
  })
  const octokit = await github.octokitFor(1)
  return async (promoters: readonly string[]) => {
    const before = github.calls.length
    const members = await bound.bound({ octokit, repository: a.repository, branch: 'main', config: config(promoters) })
    return { members, calls: github.calls.length - before }
  }
}

describe('whom a configuration means', () => {
  it('is found out once; a login that changes hands means the same account until it is named anew', async () => {
    const accounts = new Map([['anna', 17]])
    const read = await start(accounts)
    const first = await read(['Anna', 'ghost', '@acme/analysts'])
    expect(first).toEqual({
      calls: 1,
      members: new Map([
        ['anna', found([17])],
        ['ghost', absent],
      ]),
    })
    accounts.set('anna', 99).set('ghost', 98)
    expect(await read(['Anna', 'ghost', '@acme/analysts'])).toEqual({ calls: 0, members: first.members })
    expect((await read(['ghost'])).members).toEqual(new Map([['ghost', absent]]))
    const anew = await read(['anna', 'ghost'])
    expect(anew).toEqual({
      calls: 1,
      members: new Map([
        ['anna', found([99])],
        ['ghost', absent],
      ]),
    })
  })

  it('is unknown, and kept for nobody, while GitHub does not say', async () => {
    github = await startScriptedGithub(() => ({
      body: { data: null, errors: [{ type: 'FORBIDDEN', path: ['name0'] }] },
    }))
    const kept: string[] = []
    const bound = createBoundAccounts({
      accountsBound: async () => new Map(),
      bindAccounts: async (_repository, _branch, { found: fresh }) => {
        kept.push(...fresh.keys())
        return new Map()
      },
    })
    const octokit = await github.octokitFor(1)
    const on = { octokit, repository: a.repository, branch: 'main', config: config(['anna']) }
    expect([...(await bound.bound(on))]).toMatchObject([['anna', { kind: 'unknown' }]])
    expect(kept).toEqual([])
  })
})
