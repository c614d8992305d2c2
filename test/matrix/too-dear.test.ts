import { expect, it } from 'vitest'
import { tooDear } from './too-dear.ts'

const times = (count: number, call: string, about: string) => Array.from({ length: count }, () => ({ call, about }))

it('I6: a life may cost what it cost undisturbed and a part for each fault; beyond that it says what was called again', () => {
  const made = [
    ...times(30, 'POST /graphql WaybillLine', '{"ref":"refs/heads/main"}'),
    ...times(9, 'GET /repos/{owner}/{repo}/pulls/{pull_number}', '/pulls/3'),
    ...times(1, 'POST /graphql WaybillRefs', '{}'),
  ]
  const allowed = { cost: 20, faults: 2, others: 9 }
  expect(tooDear(made, allowed)).toEqual([])
  expect(tooDear(made, { ...allowed, others: 8 })).toEqual([
    'I6: 39 calls, 38 are allowed (20 undisturbed, 2 faults, 1 sweeps, 8 faults of others): ' +
      '30 POST /graphql WaybillLine (30 {"ref":"refs/heads/main"}), ' +
      '9 GET /repos/{owner}/{repo}/pulls/{pull_number} (9 /pulls/3)',
  ])
})
