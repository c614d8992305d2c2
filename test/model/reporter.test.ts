import { describe, expect, it } from 'vitest'
import type { Account } from '../../src/model/account.ts'
import { absent, found, type Lookup, unknown } from '../../src/model/lookup.ts'
import { isReporter } from '../../src/model/reporter.ts'

const user: Account = { id: 5, login: 'deployer', kind: 'user' }
const app: Account = { id: 6, login: 'deployer', kind: 'bot' }

describe('an App and a user of one name', () => {
  it.each<[string, string, Account, Lookup<readonly number[]>, boolean | null]>([
    ['a user that was named by login', 'deployer', user, found([5]), true],
    ['another user of that login now', 'Deployer', { ...user, id: 7 }, found([5]), false],
    ['an App beside a user of that login', 'deployer', app, found([5]), false],
    ['an App where there was no such user', 'deployer', app, absent, true],
    ['a user who came after that', 'deployer', user, absent, false],
    ['an App as an App', 'deployer[bot]', app, found([5]), true],
    ['a user as an App', 'deployer[bot]', user, found([5]), false],
    ['an App while it can not be read who is meant', 'deployer', app, unknown('502'), null],
    ['a user while it can not be read who is meant', 'deployer', user, unknown('502'), null],
    ['somebody else meanwhile', 'deployer', { ...user, login: 'bea' }, unknown('502'), false],
  ])('X44: %s', (_name, entry, by, named, answer) => {
    expect(isReporter([entry], by, new Map([['deployer', named]]))).toBe(answer)
  })
})
