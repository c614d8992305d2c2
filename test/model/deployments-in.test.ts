import { expect, test } from 'vitest'
import type { Deployment } from '../../src/model/deployment.ts'
import { deploymentsIn } from '../../src/model/deployments-in.ts'

function deployment(id: number, environment: string): Deployment {
  const unread = { tag: null, sha: 'a', createdAt: id, creator: null, claim: null, statuses: [], numbered: false }
  return { id, environment, ...unread }
}

test('keeps the order of the list, and knows one list from another', () => {
  const all = [deployment(3, 'staging'), deployment(2, 'production'), deployment(1, 'staging')]
  expect(deploymentsIn(all, 'staging').map((one) => one.id)).toEqual([3, 1])
  expect(deploymentsIn(all, 'production').map((one) => one.id)).toEqual([2])
  expect(deploymentsIn(all, '__proto__')).toEqual([])
  expect(deploymentsIn(all.slice(1), 'staging').map((one) => one.id)).toEqual([1])
})
