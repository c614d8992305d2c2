import fc from 'fast-check'
import { expect, it } from 'vitest'
import { slopeOf } from './slope.ts'

it('finds by how much a straight line grows in a minute, whatever the order of its samples', () => {
  const times = fc.uniqueArray(fc.integer({ min: 0, max: 3_600_000 }), { minLength: 2 })
  fc.assert(
    fc.property(times, fc.integer({ min: -50, max: 50 }), (all, perMinute) => {
      const samples = all.map((at) => ({ at, value: 100 + (perMinute * at) / 60_000 }))
      expect(slopeOf(samples)).toBeCloseTo(perMinute, 4)
    }),
  )
  expect(slopeOf([{ at: 1, value: 5 }])).toBe(0)
})
