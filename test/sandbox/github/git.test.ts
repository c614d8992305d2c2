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

describe('git over HTTP', () => {
  it('clones and pushes with a token, and says who pushed what', async () => {
    const shop = await github.repository()
    const developer = await shop.clone('developer')
    expect(await developer.git('log', '--format=%an <%ae> %s')).toBe('admin <admin@users.noreply.github.com> Begin')
    const sha = await developer.commit('SHOP-1-cards', { 'cards.txt': 'one' })
    await developer.git('push', '-q', 'origin', 'HEAD:refs/heads/SHOP-1-cards')
    expect(shop.events()).toEqual(['repository.created', 'create', 'push'])
    expect(shop.payload('push')).toMatchObject({
      ref: 'refs/heads/SHOP-1-cards',
      after: sha,
      created: true,
      commits: [{ id: sha, added: ['cards.txt'], author: { username: 'developer' } }],
      sender: { login: 'developer' },
      pusher: { name: 'developer' },
    })
    const { items } = await shop.api('admin', 'GET /activity?ref=SHOP-1-cards')
    expect(items).toMatchObject([{ after: sha, activity_type: 'branch_creation', actor: { login: 'developer' } }])
    const reviewer = await shop.clone('reviewer')
    expect(await reviewer.git('rev-parse', 'origin/SHOP-1-cards')).toBe(sha)
  })

  it('lets nobody in without a good token', async () => {
    const shop = await github.repository()
    const address = `/acme/${shop.name}.git/info/refs?service=git-upload-pack`
    const basic = (password: string) => `Basic ${Buffer.from(`x:${password}`).toString('base64')}`
    const anonymous = await github.call('', `GET ${address}`)
    expect([anonymous.status, anonymous.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="GitHub"'])
    expect((await github.call(basic('wrong'), `GET ${address}`)).status).toBe(401)
    expect((await github.call(basic(github.world.tokens.outsider), `GET ${address}`)).status).toBe(404)
    expect((await github.call(basic(github.world.tokens.ci), `GET ${address}`)).status).toBe(200)
    expect(
      (await github.call(basic(github.world.tokens.ci), `GET ${address.replace('upload', 'receive')}`)).status,
    ).toBe(403)
  })

  it('refuses a direct push to a protected branch in the words of GitHub', async () => {
    const shop = await github.repository()
    const developer = await shop.clone('developer')
    const before = await developer.git('rev-parse', 'origin/main')
    await developer.commit('main', { 'a.txt': 'a' })
    const said = await developer.gitFails('push', 'origin', 'HEAD:refs/heads/main')
    expect(said).toContain('remote: error: GH006: Protected branch update failed for refs/heads/main.')
    expect(said).toContain('[remote rejected] HEAD -> main (protected branch hook declined)')
    expect(await developer.gitFails('push', 'origin', ':refs/heads/main')).toContain('Cannot delete this branch')
    expect(await developer.git('ls-remote', 'origin', 'refs/heads/main')).toContain(before)
    expect(shop.events()).toEqual(['repository.created'])
  })

  it('lets an administrator push past protection, but not rewrite', async () => {
    const shop = await github.repository()
    const admin = await shop.clone('admin')
    await admin.commit('main', { 'a.txt': 'a' })
    await admin.git('push', '-q', 'origin', 'main')
    await admin.git('commit', '-q', '--amend', '-m', 'another')
    expect(await admin.gitFails('push', '--force', 'origin', 'main')).toContain('[remote rejected]')
  })

  it('sends no events for more than three tags at once', async () => {
    const shop = await github.repository()
    const developer = await shop.clone('developer')
    for (const tag of ['a', 'b', 'c', 'd']) await developer.git('tag', tag)
    await developer.git('push', '-q', 'origin', 'a', 'b', 'c', 'd')
    expect(shop.events()).toEqual(['repository.created'])
    await developer.git('push', '-q', 'origin', ':a', ':b')
    expect(shop.events().slice(1)).toEqual(['delete', 'push', 'delete', 'push'])
  })

  it('moves a pull request with its branch, and knows a force push', async () => {
    const shop = await github.repository()
    const { sha, number, developer } = await shop.pull('SHOP-1-a')
    const second = await developer.commit('SHOP-1-a', { 'b.txt': 'b' })
    await developer.git('push', '-q', 'origin', 'SHOP-1-a')
    expect(shop.payload('pull_request')).toMatchObject({ action: 'synchronize', before: sha, after: second })
    expect((await shop.api('developer', `GET /pulls/${number}`)).body).toMatchObject({ commits: 2, changed_files: 2 })
    await developer.git('commit', '-q', '--amend', '-m', 'again')
    await developer.git('push', '-q', '--force', 'origin', 'SHOP-1-a')
    const pull = shop.repository.pulls.find((one) => one.number === number)
    expect(pull?.timeline.map(({ kind }) => kind)).toEqual(['commit', 'commit', 'head_ref_force_pushed'])
    expect(shop.payload('push')).toMatchObject({ forced: true })
    await developer.git('push', '-q', 'origin', ':SHOP-1-a')
    expect(shop.payload('pull_request')).toMatchObject({ action: 'closed', pull_request: { merged: false } })
  })

  it('counts a pull request as merged when its head is pushed to the base', async () => {
    const shop = await github.repository()
    const { sha, number } = await shop.pull('SHOP-1-a')
    const admin = await shop.clone('admin')
    await admin.git('merge', '-q', '--no-ff', '-m', 'by hand', 'origin/SHOP-1-a')
    const merge = await admin.git('rev-parse', 'HEAD')
    await admin.git('push', '-q', 'origin', 'main')
    const { body } = await shop.api('developer', `GET /pulls/${number}`)
    expect(body).toMatchObject({ merged: true, merge_commit_sha: merge, merged_by: { login: 'admin' }, head: { sha } })
  })
})
