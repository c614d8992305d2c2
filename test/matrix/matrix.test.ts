import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStage, type Stage } from './open-stage.ts'
import { recordCalls } from './record-calls.ts'
import { roads } from './roads.ts'
import { runMatrix, secretsIn } from './run-matrix.ts'

let stages: readonly [Stage, ...Stage[]]
beforeAll(async () => {
  stages = await Promise.all([openStage(), openStage(), openStage()])
})
afterAll(() => Promise.all(stages.map((stage) => stage.close())))

it('F36–F56: a tenth of all calls of a change × all faults × before and after breaks no invariant (I1 to I8)', async () => {
  const recorded = await recordCalls(stages[0], roads.slice(0, 1))
  const options = { share: 0.1, seed: 20_260, lives: 2, together: 12, report: () => {} }
  const outcomes = await runMatrix(stages, recorded, options)
  expect(outcomes.filter((one) => one.broken.length > 0)).toEqual([])
  for (const stage of stages) expect([...secretsIn(stage), ...(await stage.brokenChain())]).toEqual([])
  expect(recorded[0]?.calls.length).toBeGreaterThan(12)
  expect(outcomes.filter((one) => one.struck).length / outcomes.length).toBeGreaterThan(0.8)
}, 400_000)
