import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createContract } from '../../../sandbox/contract.ts'

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../sandbox/contracts/${name}.json`, import.meta.url), 'utf8'))
}

const github = createContract(read('github-rest'), { manySegments: ['path', 'ref', 'basehead', 'branch'] })
const platform = createContract(read('jira-platform'))
const provider = createContract(read('jira-provider'), { ignoredHeaders: ['authorization'] })
const plain = { query: new URLSearchParams(), headers: new Headers() }

describe('finding an operation', () => {
  it.each([
    ['GET', '/repos/acme/shop/contents/.github/waybill.yml', '/repos/{owner}/{repo}/contents/{path}'],
    ['GET', '/repos/acme/shop/commits/feature%2Fx/check-runs', '/repos/{owner}/{repo}/commits/{ref}/check-runs'],
    ['GET', '/repos/acme/shop/git/ref/heads/main', '/repos/{owner}/{repo}/git/ref/{ref}'],
    ['GET', '/repos/acme/shop/pulls/1', '/repos/{owner}/{repo}/pulls/{pull_number}'],
    ['POST', '/repos/acme/shop/releases/generate-notes', '/repos/{owner}/{repo}/releases/generate-notes'],
  ])('%s %s is %s', (method, path, template) => {
    expect(github.find(method, path)?.template).toBe(template)
  })

  it('decodes the parameters', () => {
    expect(github.find('GET', '/repos/acme/shop/git/ref/heads%2Fmain')?.parameters).toEqual({
      owner: 'acme',
      repo: 'shop',
      ref: 'heads/main',
    })
  })

  it('knows no other operation', () => {
    expect(github.find('GET', '/zen')).toBeUndefined()
    expect(github.find('DELETE', '/repos/acme/shop/pulls/1')).toBeUndefined()
  })
})

describe('a request', () => {
  const createCheckRun = github.find('POST', '/repos/acme/shop/check-runs')

  it('that the document allows passes', () => {
    const output = { title: 'green', summary: 'all of it' }
    const body = { name: 'waybill/gate', head_sha: 'a'.repeat(40), status: 'completed', conclusion: 'success', output }
    expect(createCheckRun?.checkRequest({ ...plain, body })).toEqual([])
  })

  it.each([
    ['a missing key', { head_sha: 'a' }, 'must have required property'],
    ['an unknown key', { name: 'n', head_sha: 'a', colour: 'red' }, 'unevaluated properties: colour'],
    ['a wrong type', { name: 1, head_sha: 'a' }, 'request body/name must be string'],
    ['a wrong value', { name: 'n', head_sha: 'a', status: 'done' }, 'allowed values'],
    ['no body', undefined, 'request body is missing'],
  ])('with %s is a violation', (_, body, text) => {
    expect(createCheckRun?.checkRequest({ ...plain, body }).join('\n')).toContain(text)
  })

  it('has its query checked, as text that may read as a number', () => {
    const list = github.find('GET', '/repos/acme/shop/pulls')
    const ask = (query: string) => list?.checkRequest({ ...plain, query: new URLSearchParams(query), body: undefined })
    expect(ask('per_page=100&state=open')).toEqual([])
    expect(ask('per_page=many')).toEqual(['GET /repos/{owner}/{repo}/pulls: query per_page must be integer'])
    expect(ask('state=merged')?.[0]).toContain('query state must be equal to one of the allowed values')
    expect(ask('sate=open')).toEqual(['GET /repos/{owner}/{repo}/pulls: query sate is not a parameter'])
  })

  it('has its path checked', () => {
    const get = github.find('GET', '/repos/acme/shop/pulls/first')
    expect(get?.checkRequest({ ...plain, body: undefined })[0]).toContain('path pull_number must be integer')
  })
})

describe('an answer', () => {
  const getRef = github.find('GET', '/repos/acme/shop/git/ref/heads/main')

  it('with every key and type passes', () => {
    const object = { type: 'commit', sha: 'a'.repeat(40), url: 'http://localhost/x' }
    const body = { ref: 'refs/heads/main', node_id: 'x', url: 'http://localhost/y', object }
    expect(getRef?.checkAnswer({ status: 200, body })).toEqual([])
  })

  it('without a key, or with a status that the document lacks, is a violation', () => {
    expect(getRef?.checkAnswer({ status: 200, body: { ref: 'x' } }).join()).toContain('required property')
    expect(getRef?.checkAnswer({ status: 204, body: undefined })[0]).toContain('answer 204 is none of')
    expect(getRef?.checkAnswer({ status: 500, body: 'boom' })).toEqual([])
  })
})

describe("Jira's documents", () => {
  const bulk = provider.find('POST', '/rest/builds/0.1/bulk')
  const build = {
    pipelineId: 'p',
    buildNumber: 1,
    updateSequenceNumber: 1,
    displayName: 'build',
    url: 'http://localhost/b',
    state: 'successful',
    lastUpdated: '2026-01-01T00:00:00Z',
    issueKeys: ['SHOP-1'],
  }

  it('take a build, and refuse an unknown key or a bad issue key', () => {
    expect(bulk?.checkRequest({ ...plain, body: { builds: [build] } })).toEqual([])
    expect(bulk?.checkRequest({ ...plain, body: { builds: [{ ...build, color: 1 }] } })).toHaveLength(1)
    expect(bulk?.checkRequest({ ...plain, body: { builds: [{ ...build, issueKeys: ['x y'] }] } })[0]).toContain(
      'pattern',
    )
  })

  it('compile for every operation', () => {
    for (const [contract, name] of [
      [platform, 'jira-platform'],
      [provider, 'jira-provider'],
      [github, 'github-rest'],
    ] as const) {
      for (const [method, template, statuses] of operationsOf(read(name))) {
        const operation = contract.find(method, template)
        expect(operation?.template).toBe(template)
        operation?.checkRequest({ ...plain, body: {} })
        for (const status of statuses) operation?.checkAnswer({ status, body: {} })
      }
    }
  })
})

function operationsOf(document: unknown): readonly (readonly [string, string, readonly number[]])[] {
  const { paths } = document as { paths: Record<string, Record<string, { responses: object }>> }
  return Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(
      ([method, { responses }]) => [method, template, Object.keys(responses).map(Number)] as const,
    ),
  )
}
