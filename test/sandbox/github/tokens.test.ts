import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenGitHub, openGitHub } from './open-github.ts'

let github: OpenGitHub
let ahead = 0

beforeAll(async () => {
  github = await openGitHub({ now: () => Date.now() + ahead })
})

afterAll(async () => {
  await github.close()
})

const seconds = (offset: number) => Math.floor(Date.now() / 1000) + offset

async function mint(body: object = {}) {
  const { body: answer } = await github.call(
    github.jwt(),
    `POST /app/installations/${github.world.installation.id}/access_tokens`,
    body,
  )
  return { ...answer, authorization: `token ${String(answer['token'])}` }
}

describe("the App's JWT", () => {
  it('is taken with a right signature and sensible times', async () => {
    const { status, body } = await github.call(github.jwt(), 'GET /app')
    expect([status, body['slug']]).toEqual([200, 'waybill'])
    expect(body['permissions']).toMatchObject({ contents: 'write', issues: 'read' })
    expect((await github.call(github.jwt({ iat: seconds(50) }), 'GET /app')).status).toBe(200)
  })

  it.each([
    ['issued in the future', { iat: seconds(120) }],
    ['expired', { exp: seconds(-5) }],
    ['for longer than ten minutes', { exp: seconds(900) }],
    ['by an App that does not exist', { iss: 1 }],
  ])('%s is refused', async (_, claims) => {
    expect((await github.call(github.jwt(claims), 'GET /app')).status).toBe(401)
  })

  it('with another signature is refused', async () => {
    expect((await github.call(`${github.jwt().slice(0, -8)}AAAAAAAA`, 'GET /app')).status).toBe(401)
  })

  it('finds its installation, and is no token for a repository', async () => {
    const shop = await github.repository()
    const { items } = await github.call(github.jwt(), 'GET /app/installations')
    expect(items).toMatchObject([
      { id: github.world.installation.id, app_slug: 'waybill', repository_selection: 'all' },
    ])
    expect((await shop.api(github.jwt(), 'GET /installation')).body['id']).toBe(github.world.installation.id)
    expect((await shop.api(github.jwt(), 'GET ')).status).toBe(404)
    expect((await github.call('developer', 'GET /app')).status).toBe(401)
  })
})

describe('an installation token', () => {
  it('is good for an hour', async () => {
    const shop = await github.repository()
    const { authorization } = await mint()
    expect((await shop.api(authorization, 'GET ')).status).toBe(200)
    ahead = 3_600_001
    expect((await shop.api(authorization, 'GET ')).status).toBe(401)
    ahead = 0
  })

  it('may do what app.yml asks for, and nothing else', async () => {
    const shop = await github.repository()
    const { sha, number } = await shop.pull('SHOP-1-a')
    const { authorization } = await mint()
    const statusOf = async (request: string, body?: object) => (await shop.api(authorization, request, body)).status
    expect(await statusOf('POST /check-runs', { name: 'waybill/gate', head_sha: sha, conclusion: 'success' })).toBe(201)
    expect(await statusOf(`POST /issues/${number}/comments`, { body: 'hello' })).toBe(201)
    expect(await statusOf(`GET /commits/${sha}/statuses`)).toBe(200)
    const refused = await shop.api(authorization, `POST /statuses/${sha}`, { state: 'success' })
    expect([refused.status, refused.body['message']]).toEqual([403, 'Resource not accessible by integration'])
    expect((await github.call(authorization, 'GET /orgs/acme/teams/analysts/memberships/analyst')).status).toBe(200)
    expect((await github.call(authorization, 'GET /orgs/acme/teams/analysts/memberships/developer')).status).toBe(404)
    expect((await github.call(authorization, 'GET /user')).status).toBe(403)
  })

  it('may be made smaller, never greater', async () => {
    const [shop, other] = [await github.repository(), await github.repository()]
    const small = await mint({ permissions: { contents: 'read' }, repository_ids: [shop.repository.id] })
    expect(small).toMatchObject({
      permissions: { contents: 'read', metadata: 'read' },
      repository_selection: 'selected',
    })
    expect((await shop.api(small.authorization, 'GET /branches')).status).toBe(200)
    expect((await shop.api(small.authorization, 'GET /pulls')).status).toBe(403)
    expect((await other.api(small.authorization, 'GET ')).status).toBe(404)
    const { body } = await github.call(small.authorization, 'GET /installation/repositories')
    expect(body).toMatchObject({ total_count: 1, repositories: [{ name: shop.name }] })
    expect(await mint({ permissions: { administration: 'write' } })).toMatchObject({ status: '422' })
    expect(await mint({ permissions: { issues: 'write' } })).toMatchObject({ status: '422' })
    expect(await mint({ repository_ids: [1] })).toMatchObject({ status: '422' })
  })

  it('is of no use while the installation is suspended', async () => {
    const shop = await github.repository()
    const { authorization } = await mint()
    github.world.installation.suspendedAt = Date.now()
    expect((await shop.api(authorization, 'GET ')).status).toBe(403)
    expect(await mint()).toMatchObject({ message: 'This installation has been suspended' })
    github.world.installation.suspendedAt = undefined
    expect((await shop.api(authorization, 'GET ')).status).toBe(200)
  })
})

describe('a person', () => {
  it('is known by the token, and stopped by the permission on the repository', async () => {
    const shop = await github.repository()
    expect((await github.call('analyst', 'GET /user')).body['login']).toBe('analyst')
    expect((await github.call('token nonsense', 'GET /user')).body).toMatchObject({ message: 'Bad credentials' })
    expect((await shop.api('outsider', 'GET ')).status).toBe(404)
    expect((await shop.api('', 'GET ')).status).toBe(404)
    const roles = await Promise.all(
      ['developer', 'admin', 'outsider'].map((one) => shop.api('developer', `GET /collaborators/${one}/permission`)),
    )
    expect(roles.map(({ body }) => body['permission'])).toEqual(['write', 'admin', 'none'])
    shop.repository.permissions.set(github.world.people.reviewer.id, 'read')
    expect((await shop.api('reviewer', 'GET /branches')).status).toBe(200)
    expect((await shop.api('reviewer', 'POST /git/refs', { ref: 'refs/heads/x', sha: 'a'.repeat(40) })).status).toBe(
      403,
    )
  })

  it('who is not in the organisation is not seen in it, and does not see it', async () => {
    expect((await github.call('developer', 'GET /orgs/acme/members/analyst')).status).toBe(204)
    expect((await github.call('developer', 'GET /orgs/acme/members/outsider')).status).toBe(404)
    expect((await github.call('outsider', 'GET /orgs/acme/teams/analysts/members')).status).toBe(404)
    const { items } = await github.call('developer', 'GET /orgs/acme/teams/analysts/members')
    expect(items.map(({ login }) => login)).toEqual(['analyst'])
  })
})

it('answers 501 to what it does not know, and names the call', async () => {
  const shop = await github.repository()
  const { status, body } = await shop.api('developer', 'GET /milestones')
  expect([status, body['message']]).toEqual([501, 'The sandbox does not answer GET /repos/{owner}/{repo}/milestones.'])
})
