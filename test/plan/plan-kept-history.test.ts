import { expect, it } from 'vitest'
import { planLine } from '../../src/plan/plan-line.ts'
import { analyst, configured, deployed, lineOf, merge, sha, wishOf } from '../line-world.ts'

const tagged = { tags: [{ name: 'v0.1.0', sha: sha(1) }] }
const staging = { environment: 'staging', tag: 'v0.1.0' }

function kinds(line: Parameters<typeof planLine>[0]) {
  return planLine(line).map((effect) => effect.kind)
}

it('V9 a tag that stands at the same commit is not made again: its release follows', () => {
  const plan = kinds(lineOf([merge(1, 'success')], { ...tagged, released: [] }))
  expect(plan).toContain('publish-release')
  expect(plan).not.toContain('create-tag')
})

it('E3 the newest deployment to staging decides: an older success of the same version promotes nothing', () => {
  const older = deployed(1, { ...staging, number: 1 }, 'success')
  const newer = deployed(2, { ...staging, number: 1 }, 'failure')
  const asked = wishOf(analyst, '/waybill promote production')
  const at = (deployments: readonly (typeof older)[]) =>
    kinds(lineOf([merge(1, 'success')], { ...tagged, released: ['v0.1.0'], deployments, ...asked }))
  expect(at([older])).toContain('create-deployment')
  expect(at([newer, older])).not.toContain('create-deployment')
})

it('E27 nothing is deployed to an environment that is configured no more; its history stays', () => {
  const asked = wishOf(analyst, '/waybill promote production')
  const line = lineOf([merge(1, 'success')], {
    ...tagged,
    ...configured({ environments: [{ name: 'staging', type: 'staging', deploy: 'auto' }] }),
    released: ['v0.1.0'],
    deployments: [deployed(1, { ...staging, number: 1 }, 'success')],
    ...asked,
  })
  const plan = planLine(line)
  expect(plan.filter((effect) => effect.kind === 'create-deployment' || effect.kind === 'set-status')).toEqual([])
  expect(plan).toContainEqual(expect.objectContaining({ kind: 'settle-wish', state: 'denied' }))
})
