import { expect, it } from 'vitest'
import { pullAskedFor, refusedOfMerge } from '../../src/model/refused-acts.ts'

const keys = [
  'move:100:SHOP-7:merged:12',
  'move:100:SHOP-7:production:31',
  'move:100:SHOP-7:pull-request:12',
  'comment:100:12:SHOP-7',
  'news:100:31:12:SHOP-7',
  'add-version:100:v1.4.0:SHOP-7',
  'release-version:100:v1.4.0:SHOP',
  'link:100:12:SHOP-7',
]
const acts = keys.map((key) => ({ key, issueKey: 'SHOP-7', cause: 'no' }))
const kinds = (merged: Parameters<typeof refusedOfMerge>[1]) => refusedOfMerge(acts, merged).map(({ key }) => key)

it('what a change, its version and its deployments wanted for issues is told apart', () => {
  expect(kinds({ pulls: [12], tag: null, deployments: [] })).toEqual([keys[0], keys[3], keys[4]])
  expect(kinds({ pulls: [], tag: 'v1.4.0', deployments: [31] })).toEqual([keys[1], keys[5], keys[6]])
  expect(kinds({ pulls: [1], tag: 'v1.4', deployments: [12] })).toEqual([])
})

it('the gate says what was wanted for an open pull request; the line says the rest', () => {
  expect(keys.map(pullAskedFor)).toEqual([null, null, 12, null, null, null, null, 12])
})
