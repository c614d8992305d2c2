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

describe('a merge', () => {
  it('is refused until the required check has succeeded, and the newest run decides', async () => {
    const shop = await github.repository()
    const { sha, number } = await shop.pull('SHOP-1-a')
    const merge = async () => {
      const { status, body } = await shop.api('developer', `PUT /pulls/${number}/merge`, { sha })
      return [status, body['message']]
    }
    expect(await merge()).toEqual([405, 'Required status check "waybill/gate" is expected.'])
    expect((await shop.api('developer', `GET /pulls/${number}`)).body['mergeable_state']).toBe('blocked')
    await shop.pass(sha)
    await shop.api('ci', 'POST /check-runs', { name: 'waybill/gate', head_sha: sha, status: 'in_progress' })
    expect(await merge()).toEqual([405, 'Required status check "waybill/gate" is pending.'])
    await shop.pass(sha, 'failure')
    expect(await merge()).toEqual([405, 'Required status check "waybill/gate" is failing.'])
    await shop.pass(sha, 'neutral')
    expect((await shop.api('developer', `GET /pulls/${number}`)).body['mergeable_state']).toBe('clean')
    expect(await merge()).toEqual([200, 'Pull Request successfully merged'])
    expect(await merge()).toEqual([405, 'Pull Request is not mergeable'])
  })

  it('makes a merge commit by the person, committed by GitHub', async () => {
    const shop = await github.repository()
    const { sha, number, developer } = await shop.pull('SHOP-1-a')
    await shop.pass(sha)
    const before = await developer.git('rev-parse', 'origin/main')
    const { body } = await shop.api('reviewer', `PUT /pulls/${number}/merge`, { merge_method: 'merge' })
    await developer.git('fetch', '-q')
    expect(await developer.git('log', '-1', '--format=%H %P|%an|%cn <%ce>|%s|%b', 'origin/main')).toBe(
      `${body['sha']} ${before} ${sha}|reviewer|GitHub <noreply@github.com>|Merge pull request #1 from acme/SHOP-1-a|About SHOP-1-a`,
    )
    expect(shop.events().slice(-2)).toEqual(['pull_request.closed', 'push'])
    expect(shop.payload('pull_request')).toMatchObject({
      pull_request: { merged: true, merge_commit_sha: body['sha'], merged_by: { login: 'reviewer' } },
    })
    expect(shop.payload('push')).toMatchObject({ ref: 'refs/heads/main', before, after: body['sha'] })
    const { items } = await shop.api('developer', `GET /commits/${body['sha']}/pulls`)
    expect(items).toMatchObject([{ number }])
  })

  it('squashes to one commit of the author, with co-authors', async () => {
    const shop = await github.repository()
    const { number, developer } = await shop.pull('SHOP-1-a')
    await developer.git(
      '-c',
      'user.name=analyst',
      '-c',
      'user.email=analyst@users.noreply.github.com',
      'commit',
      '-q',
      '--allow-empty',
      '-m',
      'More',
    )
    await developer.git('push', '-q', 'origin', 'SHOP-1-a')
    await shop.pass(await developer.git('rev-parse', 'HEAD'))
    await shop.api('reviewer', `PUT /pulls/${number}/merge`, { merge_method: 'squash' })
    await developer.git('fetch', '-q')
    expect(
      await developer.git(
        'log',
        '-1',
        '--format=%an|%s|%(trailers:key=Co-authored-by,valueonly,separator=,)',
        'origin/main',
      ),
    ).toBe('developer|About SHOP-1-a (#1)|analyst <analyst@users.noreply.github.com>')
    expect(await developer.git('rev-list', '--count', 'origin/main')).toBe('2')
  })

  it('rebases every commit onto the base', async () => {
    const shop = await github.repository()
    const first = await shop.pull('SHOP-1-a')
    const other = await shop.pull('SHOP-2-b')
    const head = await first.developer.commit('SHOP-1-a', { 'SHOP-1-a.txt': 'changed', 'c.txt': 'c' }, 'Second')
    await first.developer.git('push', '-q', 'origin', 'SHOP-1-a')
    await Promise.all([shop.pass(head), shop.pass(other.sha)])
    await shop.api('developer', `PUT /pulls/${other.number}/merge`, { merge_method: 'squash' })
    const { body } = await shop.api('developer', `PUT /pulls/${first.number}/merge`, { merge_method: 'rebase' })
    await first.developer.git('fetch', '-q')
    expect(await first.developer.git('log', '--format=%s|%cn|%p', '--no-abbrev', '-2', 'origin/main')).toMatch(
      /^Second\|GitHub\|\w{40}\nChange SHOP-1-a\|GitHub\|\w{40}$/,
    )
    expect(await first.developer.git('rev-parse', 'origin/main')).toBe(body['sha'])
    expect(await first.developer.git('show', 'origin/main:SHOP-1-a.txt')).toBe('changed')
    expect(await first.developer.git('ls-tree', '--name-only', 'origin/main')).toContain('SHOP-2-b.txt')
  })

  it.each(['merge', 'squash', 'rebase'])('by %s is refused where there is a conflict', async (merge_method) => {
    const shop = await github.repository()
    const [one, two] = [await shop.pull('SHOP-1-a', { 'x.txt': '1' }), await shop.pull('SHOP-2-b', { 'x.txt': '2' })]
    await Promise.all([shop.pass(one.sha), shop.pass(two.sha)])
    expect((await shop.api('developer', `PUT /pulls/${one.number}/merge`, { merge_method })).status).toBe(200)
    expect((await shop.api('developer', `GET /pulls/${two.number}`)).body).toMatchObject({
      mergeable: false,
      mergeable_state: 'dirty',
    })
    expect((await shop.api('developer', `PUT /pulls/${two.number}/merge`, { merge_method })).status).toBe(405)
  })

  it('needs the head it was asked for, a finished draft, and write access; an administrator may go past', async () => {
    const shop = await github.repository()
    const { sha, number } = await shop.pull('SHOP-1-a')
    const merge = async (who: string, body: object) => (await shop.api(who, `PUT /pulls/${number}/merge`, body)).status
    expect(await merge('developer', { sha: '0'.repeat(40) })).toBe(409)
    expect(await merge('outsider', { sha })).toBe(404)
    expect(await merge('ci', { sha })).toBe(403)
    const pull = shop.repository.pulls.find((one) => one.number === number)
    if (pull !== undefined) pull.draft = true
    expect(await merge('admin', { sha })).toBe(405)
    if (pull !== undefined) pull.draft = false
    expect(await merge('admin', { sha })).toBe(200)
  })

  it('pins a required check to its App', async () => {
    const shop = await github.repository()
    const protection = shop.repository.protection.get('main')
    if (protection !== undefined) {
      protection.requiredChecks = [{ context: 'waybill/gate', appId: github.world.waybill.id }]
    }
    const { sha, number } = await shop.pull('SHOP-1-a')
    await shop.pass(sha)
    expect((await shop.api('developer', `PUT /pulls/${number}/merge`, {})).body['message']).toContain('is expected')
  })
})

describe('a pull request', () => {
  it('lives through edits, drafts, closing and opening', async () => {
    const shop = await github.repository()
    const { number } = await shop.pull('SHOP-1-a')
    await shop.api('developer', `PATCH /pulls/${number}`, { title: 'Another', body: 'why' })
    expect(shop.payload('pull_request')).toMatchObject({
      action: 'edited',
      changes: { title: { from: 'About SHOP-1-a' } },
    })
    await shop.api('developer', `PATCH /pulls/${number}`, { state: 'closed' })
    await shop.api('developer', `PATCH /pulls/${number}`, { state: 'open' })
    await shop.api('developer', `POST /issues/${number}/labels`, { labels: ['semver:major'] })
    await shop.api('developer', `POST /pulls/${number}/requested_reviewers`, { reviewers: ['reviewer'] })
    expect(shop.events().filter((event) => event.startsWith('pull_request'))).toEqual([
      'pull_request.opened',
      'pull_request.edited',
      'pull_request.closed',
      'pull_request.reopened',
      'pull_request.labeled',
      'pull_request.review_requested',
    ])
    const { items } = await shop.api('developer', 'GET /pulls?state=open&head=acme:SHOP-1-a')
    expect(items).toMatchObject([{ number, title: 'Another', labels: [{ name: 'semver:major' }] }])
  })

  it('needs two branches that differ, and is the only one between them', async () => {
    const shop = await github.repository()
    await shop.pull('SHOP-1-a')
    const open = (head: string) => shop.api('developer', 'POST /pulls', { title: 't', head, base: 'main' })
    expect((await open('SHOP-1-a')).body['errors']).toMatchObject([
      { message: expect.stringContaining('already exists') },
    ])
    expect((await open('main')).body['errors']).toMatchObject([{ message: 'No commits between main and main' }])
    expect((await open('nowhere')).body['errors']).toMatchObject([{ field: 'head', code: 'invalid' }])
  })
})

describe('a review', () => {
  it('approves, is dismissed, and never comes from the author', async () => {
    const shop = await github.repository()
    const { sha, number } = await shop.pull('SHOP-1-a')
    const submit = (who: string, body: object) => shop.api(who, `POST /pulls/${number}/reviews`, body)
    expect((await submit('developer', { event: 'APPROVE' })).body['errors']).toEqual([
      'Can not approve your own pull request',
    ])
    const { body } = await submit('reviewer', { event: 'APPROVE' })
    expect(body).toMatchObject({ state: 'APPROVED', commit_id: sha, user: { login: 'reviewer' } })
    expect(shop.payload('pull_request_review')).toMatchObject({ action: 'submitted', review: { state: 'approved' } })
    const path = `/pulls/${number}/reviews/${body['id']}/dismissals`
    const dismissed = await shop.api('developer', `PUT ${path}`, { message: 'not any more' })
    expect(dismissed.body).toMatchObject({ state: 'DISMISSED' })
    expect((await shop.api('developer', `PUT ${path}`, { message: 'again' })).status).toBe(422)
    expect((await shop.api('developer', `GET /pulls/${number}/reviews`)).items).toHaveLength(1)
    expect((await submit('outsider', { event: 'APPROVE' })).status).toBe(404)
  })
})
