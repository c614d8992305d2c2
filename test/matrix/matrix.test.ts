import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStage, type Stage } from './open-stage.ts'
import { runMatrix } from './run-matrix.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

it('F36–F56: a tenth of all calls × all faults × before and after breaks no invariant (I1 to I8)', async () => {
  const report = () => {}
  const result = await runMatrix(stage, { share: 0.1, seed: 20_260, lives: 4, together: 12, report })
  expect(result.broken).toEqual([])
  expect(result.calls.length).toBeGreaterThan(12)
  expect(result.struck / result.cases).toBeGreaterThan(0.8)
}, 180_000)
