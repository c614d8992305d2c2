import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenGitHub, openGitHub } from './open-github.ts'

let github: OpenGitHub

beforeAll(async () => {
  github = await openGitHub()
})

afterAll(async () => {
  expect(github.violations).toEqual([])
  await github.close()
})

describe('a tag', () => {
  it('is an object first, then a ref that is made only once', async () => {
    const shop = await github.repository()
    const developer = await shop.clone('developer')
    const object = await developer.git('rev-parse', 'origin/main')
    const { body: tag } = await shop.api('developer', 'POST /git/tags', {
      tag: 'v0.1.0',
      message: 'first',
      object,
      type: 'commit',
    })
    expect(tag).toMatchObject({ tag: 'v0.1.0', message: 'first', object: { sha: object, type: 'commit' } })
    const ref = { ref: 'refs/tags/v0.1.0', sha: tag['sha'] }
    const answers = await Promise.all([1, 2, 3].map(() => shop.api('developer', 'POST /git/refs', ref)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 422, 422])
    expect(answers.map(({ body }) => body['message'])).toContain('Reference already exists')
    expect(shop.events().slice(1)).toEqual(['create', 'push'])
    await developer.git('fetch', '-q', '--tags')
    expect(await developer.git('cat-file', '-t', 'v0.1.0')).toBe('tag')
    expect(await developer.git('rev-parse', 'v0.1.0^{commit}')).toBe(object)
    expect((await shop.api('developer', 'GET /git/ref/tags/v0.1.0')).body).toMatchObject({
      object: { type: 'tag', sha: tag['sha'] },
    })
    expect((await shop.api('developer', 'GET /git/ref/tags%2Fv0.1.0')).status).toBe(200)
    expect((await shop.api('developer', `GET /git/tags/${tag['sha']}`)).body).toMatchObject({ message: 'first' })
    expect((await shop.api('developer', 'GET /git/ref/tags/v0.1')).status).toBe(404)
    expect((await shop.api('developer', 'GET /git/matching-refs/tags/v0.')).items).toMatchObject([
      { ref: 'refs/tags/v0.1.0' },
    ])
    expect((await shop.api('developer', 'GET /tags')).items).toMatchObject([
      { name: 'v0.1.0', commit: { sha: object } },
    ])
  })

  it('needs a name git takes, and an object that is there', async () => {
    const shop = await github.repository()
    const create = async (ref: string, sha: string) =>
      (await shop.api('developer', 'POST /git/refs', { ref, sha })).body['message']
    const main = (await shop.api('developer', 'GET /git/ref/heads/main')).body['object']
    const sha = typeof main === 'object' && main !== null && 'sha' in main ? String(main.sha) : ''
    expect(await create('refs/tags/a..b', sha)).toBe('Reference name is not valid')
    expect(await create('refs/tags/--upload-pack=x y', sha)).toBe('Reference name is not valid')
    expect(await create('refs/tags/v1', 'f'.repeat(40))).toBe('Object does not exist')
  })
})

describe('a branch', () => {
  it('is made, moved forwards only, renamed and deleted through the API', async () => {
    const shop = await github.repository()
    const { sha, number, developer } = await shop.pull('SHOP-1-a')
    const main = await developer.git('rev-parse', 'origin/main')
    await shop.api('developer', 'POST /git/refs', { ref: 'refs/heads/SHOP-2-b', sha })
    expect((await shop.api('developer', 'PATCH /git/refs/heads/SHOP-2-b', { sha: main })).status).toBe(422)
    expect((await shop.api('developer', 'PATCH /git/refs/heads/SHOP-2-b', { sha: main, force: true })).status).toBe(200)
    expect((await shop.api('developer', 'PATCH /git/refs/heads/main', { sha })).status).toBe(422)
    expect((await shop.api('developer', 'DELETE /git/refs/heads/main')).status).toBe(422)
    expect((await shop.api('developer', 'DELETE /git/refs/heads/SHOP-2-b')).status).toBe(204)
    await shop.api('developer', 'POST /branches/SHOP-1-a/rename', { new_name: 'SHOP-1-better' })
    expect((await shop.api('developer', `GET /pulls/${number}`)).body['state']).toBe('closed')
    const { items } = await shop.api('developer', 'GET /branches')
    expect(items.map(({ name }) => name)).toEqual(['SHOP-1-better', 'main'])
  })

  it('shows its protection as rules', async () => {
    const shop = await github.repository()
    const { items } = await shop.api('developer', 'GET /rules/branches/main')
    expect(items.map(({ type }) => type)).toEqual([
      'deletion',
      'non_fast_forward',
      'pull_request',
      'required_status_checks',
    ])
    expect((await shop.api('developer', 'GET /branches/main')).body).toMatchObject({ protected: true })
  })
})

describe('a release', () => {
  it('makes the tag that is missing, and is the only one of its tag', async () => {
    const shop = await github.repository()
    const release = { tag_name: 'v1.0.0', name: '1.0.0', body: 'notes' }
    const { status, body } = await shop.api('developer', 'POST /releases', release)
    expect([status, body['tag_name'], body['draft']]).toEqual([201, 'v1.0.0', false])
    expect(shop.events().slice(1)).toEqual(['create', 'push', 'release.published', 'release.released'])
    expect((await shop.api('developer', 'POST /releases', release)).body).toMatchObject({
      errors: [{ resource: 'Release', code: 'already_exists', field: 'tag_name' }],
    })
    await shop.api('developer', `PATCH /releases/${body['id']}`, { body: 'better notes' })
    expect((await shop.api('developer', 'GET /releases/tags/v1.0.0')).body).toMatchObject({
      body: 'better notes',
      name: '1.0.0',
    })
    expect((await shop.api('developer', 'GET /git/ref/tags/v1.0.0')).body).toMatchObject({ object: { type: 'commit' } })
  })

  it('that is a draft has no tag until it is published', async () => {
    const shop = await github.repository()
    const { body } = await shop.api('developer', 'POST /releases', { tag_name: 'v1.0.0', draft: true })
    expect((await shop.api('developer', 'GET /releases/tags/v1.0.0')).status).toBe(404)
    expect((await shop.api('developer', 'GET /git/ref/tags/v1.0.0')).status).toBe(404)
    await shop.api('developer', `PATCH /releases/${body['id']}`, { draft: false })
    expect((await shop.api('developer', 'GET /git/ref/tags/v1.0.0')).status).toBe(200)
    expect(shop.events()).toContain('release.published')
  })

  it('has notes made of what was merged', async () => {
    const shop = await github.repository()
    const { sha, number } = await shop.pull('SHOP-1-a')
    await shop.api('developer', 'POST /releases', { tag_name: 'v1.0.0' })
    await shop.pass(sha)
    await shop.api('developer', `PUT /pulls/${number}/merge`, {})
    const order = { tag_name: 'v1.1.0', previous_tag_name: 'v1.0.0' }
    const { body } = await shop.api('developer', 'POST /releases/generate-notes', order)
    expect(body['body']).toContain('* About SHOP-1-a by @developer in ')
  })
})

describe('contents and history', () => {
  it('are read at any ref', async () => {
    const shop = await github.repository()
    const { sha } = await shop.pull('SHOP-1-a')
    const { body } = await shop.api('developer', 'GET /contents/.github/waybill.yml?ref=SHOP-1-a')
    expect(Buffer.from(String(body['content']), 'base64').toString()).toContain('projects: [SHOP]')
    expect((await shop.api('developer', 'GET /contents/SHOP-1-a.txt')).status).toBe(404)
    expect((await shop.api('developer', 'GET /contents/.github')).items).toMatchObject([
      { name: 'waybill.yml', type: 'file' },
    ])
    expect((await shop.api('developer', 'GET /commits/SHOP-1-a')).body).toMatchObject({
      sha,
      author: { login: 'developer' },
      files: [{ filename: 'SHOP-1-a.txt', status: 'added', patch: '@@ -0,0 +1 @@\n+SHOP-1-a' }],
    })
    expect((await shop.api('developer', `GET /compare/main...${sha}`)).body).toMatchObject({
      status: 'ahead',
      ahead_by: 1,
    })
    expect((await shop.api('developer', 'GET /commits?sha=SHOP-1-a')).items).toMatchObject([{ sha }, {}])
    expect((await shop.api('developer', 'GET /commits/no-such-thing')).status).toBe(422)
  })
})
