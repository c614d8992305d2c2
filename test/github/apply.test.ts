import { afterEach, describe, expect, it } from 'vitest'
import { createCode } from '../../src/github/code.ts'
import type { CreateDeployment } from '../../src/model/deployment-effects.ts'
import type { PostCheck } from '../../src/model/post-check.ts'
import type { Code, CodeEffect } from '../../src/reconcile/world/code.ts'
import { app, repository } from './answers.ts'
import { noMemory } from './no-memory.ts'
import { type Call, logInto, type Reply, type ScriptedGithub, startScriptedGithub } from './scripted-github.ts'

let github: ScriptedGithub
let crashes: string[]

async function start(script: (call: Call, nth: number) => Reply): Promise<Code> {
  crashes = []
  github = await startScriptedGithub(script)
  return createCode({
    ...noMemory,
    octokitFor: github.octokitFor,
    appOctokit: await github.app(),
    app,
    markerSecret: 'a secret',
    now: Date.now,
    crashpoint: (name) => void crashes.push(name),
    log: logInto([]),
  })
}

afterEach(async () => {
  await github.close()
  expect(github.violations).toEqual([])
})

const called = () =>
  github.calls.map((call) => `${call.method} ${call.path.split('?')[0]?.replace('/repos/acme/shop/', '')}`)
const sha = 'a'.repeat(40)

describe('a check', () => {
  const check: PostCheck = {
    kind: 'post-check',
    name: 'waybill/gate',
    sha,
    answer: { status: 'failure', title: 'Blocked', summary: 's', text: 't', buttons: [], annotations: [] },
    fingerprint: '00ff',
    onto: { kind: 'new', after: 4 },
  }

  it('is posted in one call', async () => {
    const code = await start(() => ({ status: 201, body: { id: 9 } }))
    expect(await code.write(repository, check, null)).toEqual({ id: 9, sha })
    expect(called()).toEqual(['POST check-runs'])
    expect(github.calls[0]?.body).toEqual({
      name: 'waybill/gate',
      head_sha: sha,
      external_id: 'waybill:00ff',
      status: 'completed',
      conclusion: 'failure',
      output: { title: 'Blocked', summary: 's', text: 't' },
    })
    expect(crashes).toEqual(['check.after-write'])
  })

  it('carries buttons and annotations within GitHub’s limits', async () => {
    const code = await start(() => ({ status: 201, body: { id: 9 } }))
    const buttons = [{ label: 'x'.repeat(30), description: 'y'.repeat(50), identifier: 'recheck' }]
    const line = { path: '.github/waybill.yml', line: 3, level: 'failure', message: 'is no key' } as const
    const annotations = Array.from({ length: 60 }, () => line)
    await code.write(repository, { ...check, answer: { ...check.answer, buttons, annotations } }, null)
    const body = github.calls[0]?.body as {
      actions: { label: string; description: string }[]
      output: { annotations: object[] }
    }
    expect(body.actions.map((one) => [one.label.length, one.description.length])).toEqual([[20, 40]])
    expect(body.output.annotations).toHaveLength(50)
    expect(body.output.annotations[0]).toEqual({
      path: '.github/waybill.yml',
      start_line: 3,
      end_line: 3,
      annotation_level: 'failure',
      message: 'is no key',
    })
  })

  it('has no conclusion while in progress, and is updated in place', async () => {
    const code = await start(() => ({ body: { id: 9 } }))
    const answer = { ...check.answer, status: 'in_progress' as const, text: '' }
    await code.write(repository, { ...check, answer, onto: { kind: 'update', runId: 9 } }, null)
    expect(called()).toEqual(['PATCH check-runs/9'])
    expect(github.calls[0]?.body).toEqual({
      name: 'waybill/gate',
      external_id: 'waybill:00ff',
      status: 'in_progress',
      output: { title: 'Blocked', summary: 's' },
    })
  })

  it("is cut to GitHub's limits, never in the middle of a character", async () => {
    const code = await start(() => ({ status: 201, body: { id: 9 } }))
    await code.write(repository, { ...check, answer: { ...check.answer, summary: '😀'.repeat(40_000) } }, null)
    const output = github.calls[0]?.body['output'] as { readonly summary: string }
    expect(output.summary.length).toBeLessThanOrEqual(65_535)
    expect(output.summary.isWellFormed()).toBe(true)
    expect(output.summary.endsWith('😀…')).toBe(true)
  })

  it('is found by its fingerprint among newer runs only', async () => {
    const runs = (ids: readonly number[]) => ({
      body: { check_runs: ids.map((id) => ({ id, external_id: 'waybill:00ff' })) },
    })
    const code = await start((_, nth) => runs(nth === 1 ? [9, 3] : [3]))
    expect(await code.look(repository, check, null)).toEqual({ kind: 'found', value: { id: 9, sha } })
    expect(await code.look(repository, check, null)).toEqual({ kind: 'absent' })
  })
})

describe('a tag', () => {
  const tag: CodeEffect = { kind: 'create-tag', tag: 'v1.0.0', sha, message: 'v1.0.0' }
  const refIs = (type: string, at: string): Reply => ({ body: { object: { type, sha: at } } })

  it('is an object, then a ref', async () => {
    const code = await start((call) => ({ status: 201, body: call.path.endsWith('/tags') ? { sha: 'object' } : {} }))
    expect(await code.write(repository, tag, null)).toEqual({ id: 0, sha })
    expect(called()).toEqual(['POST git/tags', 'POST git/refs'])
    expect(github.calls[0]?.body).toEqual({ tag: 'v1.0.0', message: 'v1.0.0', object: sha, type: 'commit' })
    expect(github.calls[1]?.body).toEqual({ ref: 'refs/tags/v1.0.0', sha: 'object' })
    expect(crashes).toEqual(['tag.after-object', 'tag.after-ref'])
  })

  it.each([[sha], ['b'.repeat(40)]])('that is there already is answered with its own commit %s', async (there) => {
    const code = await start((call) => {
      if (call.method === 'POST')
        return call.path.endsWith('/tags')
          ? { status: 201, body: { sha: 'object' } }
          : { status: 422, body: { message: 'Reference already exists' } }
      return call.path.includes('/git/ref/') ? refIs('tag', 'object2') : refIs('commit', there)
    })
    expect(await code.write(repository, tag, null)).toEqual({ id: 0, sha: there })
    expect(await code.look(repository, tag, null)).toEqual({ kind: 'found', value: { id: 0, sha: there } })
  })

  it('refused by a ruleset says so', async () => {
    const code = await start((call) => {
      if (call.method === 'GET') return { status: 404, body: { message: 'Not Found' } }
      return call.path.endsWith('/tags')
        ? { status: 201, body: { sha: 'object' } }
        : { status: 422, body: { message: 'Repository rule violations found' } }
    })
    await expect(code.write(repository, tag, null)).rejects.toMatchObject({
      failure: { kind: 'refused', remedy: expect.stringContaining('bypass') },
    })
    expect(await code.look(repository, tag, null)).toEqual({ kind: 'absent' })
  })

  it('refused for its workflow files names the permission', async () => {
    const code = await start((call) =>
      call.path.endsWith('/tags')
        ? { status: 201, body: { sha: 'object' } }
        : { status: 404, body: { message: 'Not Found' } },
    )
    await expect(code.write(repository, tag, null)).rejects.toMatchObject({
      failure: { kind: 'refused', remedy: expect.stringContaining('Workflows: write') },
    })
  })
})

describe('a release', () => {
  const release: CodeEffect = { kind: 'publish-release', tag: 'v1.0.0', sha, title: 'v1.0.0', body: 'notes' }

  it('is published in one call', async () => {
    const code = await start(() => ({ status: 201, body: { id: 8 } }))
    expect(await code.write(repository, release, null)).toEqual({ id: 8, sha: null })
    expect(called()).toEqual(['POST releases'])
    expect(github.calls[0]?.body).toMatchObject({
      tag_name: 'v1.0.0',
      target_commitish: sha,
      make_latest: 'legacy',
      draft: false,
    })
    expect(crashes).toEqual(['release.after-write'])
  })

  it('that is there already is taken as it is', async () => {
    const code = await start((call) =>
      call.method === 'POST' ? { status: 422, body: { message: 'Validation Failed' } } : { body: { id: 8 } },
    )
    expect(await code.write(repository, release, null)).toEqual({ id: 8, sha: null })
    expect(called()).toEqual(['POST releases', 'GET releases/tags/v1.0.0'])
  })

  it('whose draft a process left behind that was killed is made of that draft, by the next process too', async () => {
    const draft = { id: 7, draft: true, tag_name: 'v1.0.0', author: { login: `${app.slug}[bot]` } }
    const code = await start(({ method, path }) => {
      if (path.includes('/releases/tags/')) return { status: 404 }
      return { status: method === 'POST' ? 201 : 200, body: method === 'GET' ? [draft] : { id: 7, immutable: true } }
    })
    expect(await code.look(repository, release, null)).toEqual({ kind: 'absent' })
    expect(await code.write(repository, release, null)).toEqual({ id: 7, sha: null })
    expect(called().slice(-2)).toEqual(['GET releases', 'PATCH releases/7'])
  })

  it('whose name was burned is told as burned, for good', async () => {
    const code = await start((call) =>
      call.method === 'POST'
        ? { status: 422, body: { message: 'tag_name was used by an immutable release' } }
        : { status: 404 },
    )
    await expect(code.write(repository, release, null)).rejects.toMatchObject({
      failure: { kind: 'burned', cause: expect.stringContaining('immutable') },
    })
  })
})

describe('a deployment', () => {
  const claim = { environment: 'production', tag: 'v1.0.0', attempt: 2, wish: 4, by: { id: 13, login: 'analyst' } }
  const deployment = {
    kind: 'create-deployment',
    artifact: `sha256:${'a'.repeat(64)}`,
    claim,
    sha,
    type: 'production',
    description: 'd'.repeat(200),
  } as unknown as CreateDeployment

  it('says everything that GitHub would guess wrong', async () => {
    const code = await start(() => ({ status: 201, body: { id: 6, sha, payload: {} } }))
    expect(await code.write(repository, deployment, null)).toEqual({ id: 6, sha })
    expect(github.calls[0]?.body).toMatchObject({
      ref: 'v1.0.0',
      environment: 'production',
      auto_merge: false,
      required_contexts: [],
      production_environment: true,
      transient_environment: false,
      payload: { waybill: claim, artifact: `sha256:${'a'.repeat(64)}` },
    })
    expect(String(github.calls[0]?.body['description'])).toHaveLength(140)
    expect(crashes).toEqual(['deployment.after-write'])
  })

  it('is none when GitHub merged instead', async () => {
    const code = await start(() => ({ status: 202, body: { message: 'Auto-merged main into v1.0.0' } }))
    await expect(code.write(repository, deployment, null)).rejects.toMatchObject({
      failure: { kind: 'bug', cause: expect.stringContaining('202') },
    })
  })

  it('of another commit is marked as an error', async () => {
    const code = await start((call) => ({
      status: 201,
      body: call.path.endsWith('/statuses') ? { id: 1 } : { id: 6, sha: 'b', payload: {} },
    }))
    await expect(code.write(repository, deployment, null)).rejects.toMatchObject({ failure: { kind: 'bug' } })
    expect(called()).toEqual(['POST deployments', 'POST deployments/6/statuses'])
    expect(github.calls[1]?.body).toMatchObject({ state: 'error' })
  })

  it('is found by the claim in its payload', async () => {
    const others = [
      { id: 1, sha, payload: {} },
      { id: 2, sha, payload: '' },
      { id: 3, sha, payload: { waybill: { ...claim, attempt: 1 } } },
    ]
    const code = await start((_, nth) => ({
      body: nth === 1 ? [...others, { id: 4, sha, payload: JSON.stringify({ waybill: claim }) }] : others,
    }))
    expect(await code.look(repository, deployment, null)).toEqual({ kind: 'found', value: { id: 4, sha } })
    expect(await code.look(repository, deployment, null)).toEqual({ kind: 'absent' })
  })
})

describe('a comment', () => {
  const living: CodeEffect = { kind: 'say-on-pull', pull: 3, body: 'It is in staging.', fingerprint: 'f' }
  const own = { type: 'Bot', login: 'waybill[bot]' }

  it('is posted once and then edited', async () => {
    const code = await start((call) => ({ status: call.method === 'POST' ? 201 : 200, body: { id: 5 } }))
    expect(await code.write(repository, living, null)).toEqual({ id: 5, sha: null })
    expect(await code.write(repository, living, 5)).toEqual({ id: 5, sha: null })
    expect(called()).toEqual(['POST issues/3/comments', 'PATCH issues/comments/5'])
    expect(github.calls[0]?.body['body']).toMatch(/^It is in staging\.\n\n<!-- waybill:pull:3:[0-9a-f]{64} -->$/)
    expect(crashes).toEqual(['comment.after-write', 'comment.after-write'])
  })

  it('is posted anew when somebody deleted it', async () => {
    const code = await start((call) =>
      call.method === 'PATCH' ? { status: 404, body: { message: 'Not Found' } } : { status: 201, body: { id: 6 } },
    )
    expect(await code.write(repository, living, 5)).toEqual({ id: 6, sha: null })
  })

  it('is found by its marker, under our own name only (X31), and edited where it says something else', async () => {
    let listed: readonly unknown[] = []
    const code = await start((call) =>
      call.method === 'GET' ? { body: listed } : { status: call.method === 'POST' ? 201 : 200, body: { id: 5 } },
    )
    await code.write(repository, living, null)
    const body = String(github.calls[0]?.body['body'])
    listed = [
      { id: 1, body, user: { type: 'User', login: 'waybill' } },
      { id: 2, body, user: { type: 'Bot', login: 'waybill-2[bot]' } },
      { id: 3, body: body.replace('pull:3', 'pull:4'), user: own },
    ]
    expect(await code.look(repository, living, null)).toEqual({ kind: 'absent' })
    listed = [{ id: 5, body, user: own }]
    expect(await code.look(repository, living, null)).toEqual({ kind: 'found', value: { id: 5, sha: null } })
    const changed = { ...living, body: 'It is in production.' }
    expect(await code.look(repository, changed, null)).toEqual({ kind: 'absent' })
    await code.write(repository, changed, null)
    expect(called().at(-1)).toBe('PATCH issues/comments/5')
  })

  it('answers a wish with one of its own', async () => {
    const answer: CodeEffect = { kind: 'answer-wish', wish: 12, pull: 3, body: 'Done.' }
    let listed: readonly unknown[] = []
    const code = await start((call) => (call.method === 'GET' ? { body: listed } : { status: 201, body: { id: 7 } }))
    expect(await code.look(repository, answer, null)).toEqual({ kind: 'absent' })
    await code.write(repository, answer, null)
    listed = [{ id: 7, body: github.calls.at(-1)?.body['body'], user: own }]
    expect(await code.look(repository, answer, null)).toEqual({ kind: 'found', value: { id: 7, sha: null } })
    expect(await code.look(repository, { ...answer, wish: 1 }, null)).toEqual({ kind: 'absent' })
  })

  it('gets a reaction; a deleted one needs none', async () => {
    const react: CodeEffect = { kind: 'react', wish: 1, commentId: 31, reaction: 'rocket' }
    const code = await start((_, nth) =>
      nth === 1 ? { status: 200, body: { id: 2 } } : { status: 404, body: { message: 'Not Found' } },
    )
    expect(await code.write(repository, react, null)).toEqual({ id: 2, sha: null })
    expect(await code.write(repository, react, null)).toEqual({ id: 0, sha: null })
    expect(github.calls[0]).toMatchObject({
      path: '/repos/acme/shop/issues/comments/31/reactions',
      body: { content: 'rocket' },
    })
  })
})
