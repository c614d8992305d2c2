import { getOperationAST, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { measure } from '../../sandbox/github/graphql/limits.ts'
import { commandsQuery } from '../../src/github/list-commands.ts'
import { refsPerPage, refsQuery } from '../../src/github/refs-query.ts'

function costOf(text: string, variables: { readonly [name: string]: string | number | boolean | null }): number {
  const document = parse(text)
  const operation = getOperationAST(document, null)
  if (!operation) throw new Error('no operation')
  const { cost, errors } = measure(document, operation, { owner: 'acme', name: 'shop', ...variables })
  expect(errors).toEqual([])
  return cost
}

describe('the points that GitHub counts', () => {
  it('a sweep over 1,000 pull requests and as many branches costs at most 60', () => {
    const page = costOf(refsQuery, {
      pulls: null,
      branches: null,
      withPulls: true,
      withBranches: true,
      withLine: true,
      size: refsPerPage,
    })
    expect({ page, all: page * Math.ceil(1000 / refsPerPage) + costOf(commandsQuery, {}) }).toEqual({
      page: 2,
      all: 41,
    })
  })
})
