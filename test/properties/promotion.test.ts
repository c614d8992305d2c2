import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasSucceeded } from '../../src/model/deployment.ts'
import type { Effect } from '../../src/model/effect.ts'
import { makes } from '../../src/model/makes.ts'
import { foldLine } from '../../src/plan/fold-line.ts'
import { planLine } from '../../src/plan/plan-line.ts'
import { beginning, emptyTown, happen, happening, type LineTown, openWishes, people } from './line-town.ts'

type Town = LineTown & { deployed: (Effect & { kind: 'create-deployment' })[] }

describe('whatever people ask for, and wherever a pass dies', () => {
  it('production gets only what staging took, from nobody who wrote it, and nothing rejected returns', () => {
    let promoted = 0
    let returned = 0
    fc.assert(
      fc.property(fc.array(happening, { minLength: 10, maxLength: 30 }), (story) => {
        const town: Town = { ...emptyTown(), deployed: [] }
        for (const event of [...beginning, ...story]) {
          happen(town, event)
          pass(town, event.kind === 'pass' ? event.dies : null)
        }
        promoted += town.deployed.filter(({ claim }) => claim.environment === 'production').length
        returned += town.deployed.filter(({ claim }) => claim.as === 'rollback').length
        pass(town, null)
        // A second pass over an unchanged world makes nothing.
        const before = town.deployed.length
        expect(pass(town, null)).toBe(0)
        expect(town.deployed).toHaveLength(before)
        const names = town.deployed.map(({ claim }) => `${claim.environment} ${claim.tag} ${claim.attempt}`)
        expect(names).toEqual([...new Set(names)])
      }),
      { numRuns: 60 },
    )
    // The stories are worth telling: things do get there, and come back.
    expect(promoted).toBeGreaterThan(120)
    expect(returned).toBeGreaterThan(5)
  })
})

/** One pass that may die before its nth effect; answers how many deployments it made. */
function pass(town: Town, dies: number | null): number {
  let made = 0
  let effects = 0
  for (let round = 0; round < 200; round++) {
    const plan = planLine({ ...town.line, wishes: openWishes(town.line) })
    for (const effect of plan) {
      if (dies !== null && effects === dies) return made
      effects += 1
      town.id += 1
      if (effect.kind === 'create-deployment') {
        expectAllowed(town, effect)
        town.deployed.push(effect)
        made += 1
      }
      town.line = foldLine(town.line, effect, { id: town.id, sha: null })
    }
    if (!plan.some(makes)) return made
  }
  throw new Error('the line never came to rest')
}

/** The rules of the road, told once more and in another way than the code tells them. */
function expectAllowed({ line, writers }: Town, effect: Effect & { kind: 'create-deployment' }): void {
  const { claim, sha: commit } = effect
  const there = line.deployments.filter((one) => one.environment === claim.environment)
  const unfinished = there.filter(
    ({ statuses }) => !['success', 'failure', 'error', 'inactive'].includes(statuses[0]?.state ?? ''),
  )
  expect(unfinished).toEqual([])
  const order = ['staging', 'production']
  const rejected = line.decisions.some(({ what }) => {
    return (
      what.kind === 'reject' &&
      what.sha === commit &&
      order.indexOf(what.environment) <= order.indexOf(claim.environment)
    )
  })
  expect(rejected).toBe(false)
  if (claim.as === 'rollback') expect(there.some((one) => one.sha === commit && hasSucceeded(one))).toBe(true)
  if (claim.as === 'rollback') return
  if (claim.environment !== 'production') return
  expect(line.deployments.some((one) => one.environment === 'staging' && one.sha === commit && hasSucceeded(one))).toBe(
    true,
  )
  // Whoever promoted it wrote none of what it brings: all after what is live.
  const live = there.find(hasSucceeded)
  const from = live === undefined ? 0 : Number(live.sha)
  const brought = writers.slice(from, Number(commit)).map((at) => people[at]?.id)
  expect(brought).not.toContain(claim.by?.id)
  expect(claim.by).not.toBeNull()
}
