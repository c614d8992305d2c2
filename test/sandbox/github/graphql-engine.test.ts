import { describe, expect, it } from 'vitest'
import type { Arguments } from '../../../sandbox/github/graphql/arguments.ts'
import { connection } from '../../../sandbox/github/graphql/connection.ts'
import { executeQuery } from '../../../sandbox/github/graphql/execute-query.ts'

const letters = ['a', 'b', 'c', 'd', 'e']
const repository = {
  id: 'R',
  name: 'shop',
  refs: (args: Arguments) => {
    args.text('refPrefix')
    return connection(args, letters, { key: (name) => name, node: (name) => ({ name }) })
  },
  pullRequests: (args: Arguments) => connection(args, [1], { key: String, node: (number) => ({ number }) }),
}

async function ask(query: string, variables?: { readonly [name: string]: unknown }) {
  const root = {
    repository: (args: Arguments) => (args.text('owner') === 'acme' && args.text('name') ? repository : null),
  }
  const { body, cost } = await executeQuery({ query, variables }, () => root)
  return { ...body, cost }
}

const within = (fields: string) => `{ repository(owner: "acme", name: "shop") { ${fields} } }`
const page = (args: string) =>
  ask(
    within(
      `refs(refPrefix: "refs/heads/", ${args}) { totalCount nodes { name } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`,
    ),
  )

describe('the engine', () => {
  it('answers the fields that were asked for, and what they cost', async () => {
    expect(await ask(within('id name'))).toEqual({ data: { repository: { id: 'R', name: 'shop' } }, cost: 1 })
  })

  it('refuses what the official schema refuses, without data', async () => {
    const answer = await ask(within('colour'))
    expect(answer).not.toHaveProperty('data')
    expect(answer).toMatchObject({ errors: [{ message: 'Cannot query field "colour" on type "Repository".' }] })
    expect(await ask('{ repository(')).toMatchObject({ errors: [{ message: expect.stringContaining('Syntax Error') }] })
    expect(
      await ask('query($n: Int!) { repository(owner: "acme", name: "shop") { pullRequest(number: $n) { id } } }'),
    ).toMatchObject({
      errors: [{ message: expect.stringContaining('"$n" of required type "Int!" was not provided') }],
    })
  })

  it('names a field or an argument that the sandbox lacks', async () => {
    expect(await ask(within('id stargazerCount'))).toMatchObject({
      errors: [{ type: 'NOT_IMPLEMENTED', message: 'The sandbox does not have Repository.stargazerCount' }],
    })
    expect(await ask(within('pullRequests(first: 1, labels: ["x"]) { nodes { number } }'))).toMatchObject({
      errors: [{ message: 'The sandbox does not have Repository.pullRequests(labels)' }],
    })
  })
})

describe('a connection', () => {
  it('is paged from either end', async () => {
    const names = (answer: object) => JSON.stringify(answer).match(/(?<="name":")./g)
    expect(names(await page('first: 2'))).toEqual(['a', 'b'])
    expect(names(await page('last: 2'))).toEqual(['d', 'e'])
    const [first, last] = [await page('first: 2'), await page('last: 2')]
    expect(first).toMatchObject({
      data: { repository: { refs: { totalCount: 5, pageInfo: { hasNextPage: true, hasPreviousPage: false } } } },
    })
    expect(last).toMatchObject({
      data: { repository: { refs: { pageInfo: { hasNextPage: false, hasPreviousPage: true } } } },
    })
    const cursor = (answer: object, side: string) => new RegExp(`"${side}":"([^"]+)"`).exec(JSON.stringify(answer))?.[1]
    expect(names(await page(`first: 2, after: "${cursor(first, 'endCursor')}"`))).toEqual(['c', 'd'])
    expect(names(await page(`last: 2, before: "${cursor(last, 'startCursor')}"`))).toEqual(['b', 'c'])
  })

  it('demands a page size of at most 100, but not for its count', async () => {
    expect(await ask(within('pullRequests { nodes { number } }'))).toMatchObject({
      errors: [{ type: 'MISSING_PAGINATION_BOUNDARIES' }],
    })
    expect(await ask(within('pullRequests(first: 101) { nodes { number } }'))).toMatchObject({
      errors: [{ type: 'EXCESSIVE_PAGINATION' }],
    })
    expect(await ask(within('pullRequests { totalCount }'))).toMatchObject({
      data: { repository: { pullRequests: { totalCount: 1 } } },
    })
  })

  it('refuses a cursor that is none', async () => {
    expect(await page('first: 1, after: "x"')).toMatchObject({ errors: [{ type: 'INVALID_CURSOR_ARGUMENTS' }] })
  })
})

describe('the limits', () => {
  it('count points and nodes as GitHub documents', async () => {
    const nested =
      'pullRequests(first: 100) { nodes { reviews(first: 50) { nodes { id } } comments(last: 20) { nodes { id } } } }'
    // 1 request for the pull requests, 100 each for reviews and comments: 201 / 100.
    expect((await ask(within(nested))).cost).toBe(2)
    const huge =
      'pullRequests(first: 100) { nodes { reviews(first: 100) { nodes { comments(first: 100) { nodes { id } } } } } }'
    expect(await ask(within(huge))).toMatchObject({ errors: [{ type: 'MAX_NODE_LIMIT_EXCEEDED' }] })
  })
})
