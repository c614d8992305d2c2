import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCommit } from '../../../sandbox/github/git/commits.ts'
import { writeCommit } from '../../../sandbox/github/git/merge.ts'
import { createGitHub, type GitHub } from '../../../sandbox/github/github.ts'
import { isJsonObject, type JsonObject } from '../../../sandbox/json-schema.ts'

/** One recorded exchange with the real GitHub. */
type Exchange = {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly body: unknown
  readonly reqheaders: { readonly accept: string }
  readonly response: unknown
}

let github: GitHub
let url: string
let close: () => Promise<void>
let first: string
let second: string

beforeAll(async () => {
  github = await createGitHub()
  const server = await github.listen(0)
  url = server.url
  close = server.close
})

afterAll(async () => {
  expect(github.violations).toEqual([])
  await close()
  await github.close()
})

/** A repository as the scenarios found theirs: `first` on `main`, `second` on it in a branch `other`, and pull request 1. */
async function prepare(name: string): Promise<void> {
  const { path } = await github.world.createRepository({ name, config: null, protect: false })
  const main = (await send('get', `/repos/acme/${name}/commits/main`)).json
  first = isJsonObject(main) ? String(main['sha']) : ''
  const commit = await readCommit(path, first)
  second = await writeCommit(path, { ...commit, parents: [first], message: 'Another' })
  await send('post', `/repos/acme/${name}/git/refs`, { ref: 'refs/heads/other', sha: second })
  const pull = await send('post', `/repos/acme/${name}/pulls`, {
    title: 'Issue without a label',
    head: 'other',
    base: 'main',
  })
  expect(pull.status).toBe(201)
}

async function send(method: string, path: string, body?: unknown, accept = 'application/vnd.github+json') {
  const headers = { authorization: `token ${github.world.tokens.admin}`, accept }
  const response = await fetch(url + path, {
    method: method.toUpperCase(),
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const json: unknown = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text
  return { status: response.status, json }
}

function exchanges(scenario: string): readonly Exchange[] {
  const file = `scenarios/api.github.com/${scenario}/normalized-fixture.json`
  const path = new URL(file, import.meta.resolve('@octokit/fixtures'))
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** Sends what was recorded, in the sandbox's names, and tells where the answer's shape differs. */
async function replay(scenario: string, index: number): Promise<readonly string[]> {
  const exchange = exchanges(scenario)[index]
  if (exchange === undefined) throw new Error(`${scenario} has no exchange ${index}`)
  const rename = (text: string) =>
    text
      .replace(/octokit-fixture-org\/[\w-]+/, `acme/${scenario}`)
      .replaceAll(/0{39}1/g, second)
      .replaceAll(/0{39}2/g, first)
  const body: unknown = exchange.body === '' ? undefined : JSON.parse(rename(JSON.stringify(exchange.body)))
  const answer = await send(exchange.method, rename(exchange.path), body, exchange.reqheaders.accept)
  expect(answer.status).toBe(exchange.status)
  return differences(exchange.response, answer.json, '')
}

/** `-key`: recorded and missing here; `+key`: here and not recorded; `~key`: another type. Null fits everything. */
function differences(recorded: unknown, given: unknown, path: string): readonly string[] {
  if (recorded === null || given === null) return []
  if (kind(recorded) !== kind(given)) return [`~${path}`]
  if (Array.isArray(recorded) && Array.isArray(given)) {
    return recorded.length === 0 || given.length === 0 ? [] : differences(merge(recorded), merge(given), `${path}[]`)
  }
  if (!isJsonObject(recorded) || !isJsonObject(given)) return []
  const keys = [...new Set([...Object.keys(recorded), ...Object.keys(given)])].sort()
  return keys.flatMap((key) => {
    const at = path === '' ? key : `${path}.${key}`
    if (!(key in given)) return [`-${at}`]
    return key in recorded ? differences(recorded[key], given[key], at) : [`+${at}`]
  })
}

function kind(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value
}

function merge(items: readonly unknown[]): unknown {
  const objects = items.filter(isJsonObject)
  return objects.length === items.length ? (Object.assign({}, ...objects) as JsonObject) : items[0]
}

/** What the contract (of 2026) has and the recordings (of 2018 to 2021) have not. Here the contract wins. */
const newerInRepository = ['custom_properties', 'has_discussions']

/** What GitHub adds for who may administer, and the contract leaves optional. */
const onlyForAdministrators = [
  'allow_update_branch',
  'permissions',
  'temp_clone_token',
  'use_squash_pr_title_as_default',
]

describe('recorded exchanges with the real GitHub', () => {
  it('about statuses', async () => {
    await prepare('create-status')
    expect(await replay('create-status', 0)).toEqual([])
    expect(await replay('create-status', 1)).toEqual([])
    expect(await replay('create-status', 2)).toEqual([])
    // The contract demands a `minimal-repository`, which the sandbox answers with everything it has of it.
    const more = await replay('create-status', 3)
    expect(more.filter((one) => !one.startsWith('+repository.'))).toEqual([])
  })

  it('about a repository', async () => {
    await prepare('get-repository')
    expect((await replay('get-repository', 0)).toSorted()).toEqual(
      [...newerInRepository.map((key) => `+${key}`), ...onlyForAdministrators.map((key) => `-${key}`)].toSorted(),
    )
  })

  it('about contents', async () => {
    await prepare('get-content')
    expect(await replay('get-content', 0)).toEqual([])
    // 1 asks for the raw text (`application/vnd.github.v3.raw`), which nobody here does: the sandbox answers its one form, JSON.
    expect(await replay('get-content', 1)).toEqual(['~'])
  })

  it('about refs', async () => {
    await prepare('git-refs')
    // 0 and 3 list all refs by an address that GitHub has given up since (`GET …/git/refs/`).
    expect(await replay('git-refs', 1)).toEqual([])
    expect(await replay('git-refs', 2)).toEqual([])
    expect(await replay('git-refs', 4)).toEqual([])
  })

  it('about labels', async () => {
    await prepare('add-labels-to-issue')
    // 0 opens an issue, which the sandbox doesn't have: its pull request stands for it.
    expect(await replay('add-labels-to-issue', 1)).toEqual([])
  })

  it('about errors', async () => {
    await prepare('errors')
    // The recorded call makes a label; any other refused value must be told in the same way.
    const wanted = { title: 'x', head: 'nowhere', base: 'main' }
    const { status, json } = await send('post', '/repos/acme/errors/pulls', wanted)
    expect(status).toBe(422)
    expect(differences(exchanges('errors')[0]?.response, json, '')).toEqual(['+status'])
  })
})
