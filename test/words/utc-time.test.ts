import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utcTime } from '../../src/words/utc-time.ts'

test('a moment reads as the calendar says', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (at) => {
      expect(utcTime(at)).toBe(`${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`)
    }),
  )
})
