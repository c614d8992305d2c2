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

describe('a comment', () => {
  it('is written, edited and reacted to', async () => {
    const shop = await github.repository()
    const { number } = await shop.pull('SHOP-1-a')
    const { body: made } = await shop.api('reviewer', `POST /issues/${number}/comments`, { body: '/waybill status' })
    expect(made).toMatchObject({
      user: { login: 'reviewer' },
      author_association: 'MEMBER',
      performed_via_github_app: null,
    })
    const path = `/issues/comments/${made['id']}`
    expect((await shop.api('developer', `PATCH ${path}`, { body: 'mine' })).status).toBe(403)
    await shop.api('reviewer', `PATCH ${path}`, { body: 'changed' })
    expect(shop.payload('issue_comment')).toMatchObject({
      action: 'edited',
      changes: { body: { from: '/waybill status' } },
      issue: { number, pull_request: {} },
    })
    const reactions = await Promise.all(
      [1, 2].map(() => shop.api('analyst', `POST ${path}/reactions`, { content: 'eyes' })),
    )
    expect(reactions.map(({ status }) => status).toSorted()).toEqual([200, 201])
    expect((await shop.api('developer', `GET ${path}`)).body).toMatchObject({ body: 'changed', reactions: { eyes: 1 } })
    expect(shop.repository.comments[0]?.edited?.by.login).toBe('reviewer')
    expect((await shop.api('developer', `GET /issues/${number}/comments`)).items).toHaveLength(1)
    expect(shop.events().filter((event) => event.startsWith('issue_comment'))).toEqual([
      'issue_comment.created',
      'issue_comment.edited',
    ])
  })

  it('is taken away by its author', async () => {
    const shop = await github.repository()
    const { number } = await shop.pull('SHOP-1-a')
    const { body: made } = await shop.api('reviewer', `POST /issues/${number}/comments`, { body: '/waybill status' })
    const path = `/issues/comments/${made['id']}`
    expect((await shop.api('developer', `DELETE ${path}`)).status).toBe(403)
    expect((await shop.api('reviewer', `DELETE ${path}`)).status).toBe(204)
    expect((await shop.api('reviewer', `GET ${path}`)).status).toBe(404)
    expect((await shop.api('developer', `GET /issues/${number}/comments`)).items).toEqual([])
    expect(shop.payload('issue_comment')).toMatchObject({ action: 'deleted', comment: { id: made['id'] } })
  })

  it('is not written by those who do not see the repository', async () => {
    const shop = await github.repository()
    const { number } = await shop.pull('SHOP-1-a')
    expect((await shop.api('outsider', `POST /issues/${number}/comments`, { body: 'hello' })).status).toBe(404)
    expect((await shop.api('developer', 'POST /issues/99/comments', { body: 'hello' })).status).toBe(404)
  })

  it('comes in pages that name the next', async () => {
    const shop = await github.repository()
    const { number } = await shop.pull('SHOP-1-a')
    for (const body of ['1', '2', '3']) await shop.api('developer', `POST /issues/${number}/comments`, { body })
    const first = await shop.api('developer', `GET /issues/${number}/comments?per_page=2`)
    expect(first.items.map(({ body }) => body)).toEqual(['1', '2'])
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
    const { items } = await github.call('developer', `GET ${next.replace(github.url, '')}`)
    expect(items.map(({ body }) => body)).toEqual(['3'])
  })
})
