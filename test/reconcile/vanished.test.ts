import { expect, it } from 'vitest'
import type { Listed } from '../../src/model/seen.ts'
import { vanished } from '../../src/reconcile/vanished.ts'
import { shop as repository } from './jira-post.ts'

const pull = (number: number): Listed => ({ ref: { kind: 'pull', repository, number }, seen: null })

it('what Jira was told is there is looked at when no list shows it any more, a branch with a pull request not', () => {
  const listing = { subjects: [pull(1), pull(2)], branches: ['main', 'SHOP-1-of-a-pull'] }
  const told = { pulls: [1, 3], branches: ['SHOP-1-of-a-pull', 'SHOP-2-gone'] }
  expect(vanished(repository, listing, told)).toEqual([
    { kind: 'pull', repository, number: 3 },
    { kind: 'branch', repository, branch: 'SHOP-2-gone' },
  ])
})
