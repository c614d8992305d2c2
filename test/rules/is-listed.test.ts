import { describe, expect, it } from 'vitest'
import type { Account } from '../../src/model/account.ts'
import { absent, found, type Lookup, unknown } from '../../src/model/lookup.ts'
import { isListed } from '../../src/rules/is-listed.ts'

const anna: Account = { id: 17, login: 'anna', kind: 'user' }
const renamed: Account = { ...anna, login: 'anna-b' }
const stranger: Account = { id: 99, login: 'Anna', kind: 'user' }
const robot: Account = { id: 17, login: 'anna', kind: 'bot' }

const away = { kind: 'promoters-unreadable', team: 'anna', cause: 'GitHub answered 502' }

describe('whom a list of people means', () => {
  it.each<[string, Account, Lookup<readonly number[]>, unknown]>([
    ['the account it named', anna, found([17]), true],
    ['that account under a new login', renamed, found([17]), true],
    ['somebody who took a login that was given up', stranger, found([17]), { kind: 'other-account', login: 'Anna' }],
    ['somebody who took a login that nobody had', stranger, absent, { kind: 'other-account', login: 'Anna' }],
    ['nobody while it can not be read', anna, unknown('GitHub answered 502'), away],
    ['nobody else, readable or not', { ...stranger, login: 'bea' }, unknown('GitHub answered 502'), false],
    ['no App of that name', robot, found([17]), false],
  ])('X44, E6: %s', (_name, by, named, answer) => {
    expect(isListed(['anna'], by, { members: new Map([['anna', named]]), writers: found([]) })).toEqual(answer)
  })

  it('a team that lets somebody in counts before a login that does not', () => {
    const members = new Map([
      ['anna', found([17])],
      ['@acme/all', found([99])],
    ])
    expect(isListed(['anna', '@acme/all'], stranger, { members, writers: found([]) })).toBe(true)
  })
})
