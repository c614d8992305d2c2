import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createDownpour } from '../../src/store/downpour.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('lasts from many hints at once until none came for a while, and says when it is over', () => {
  const downpour = createDownpour(250)
  let overs = 0
  downpour.whenOver(() => {
    overs += 1
    expect(downpour.lasts()).toBe(false)
  })
  downpour.came(9)
  expect(downpour.lasts()).toBe(false)
  downpour.came(10)
  expect(downpour.lasts()).toBe(true)
  vi.advanceTimersByTime(200)
  downpour.came(30)
  vi.advanceTimersByTime(200)
  downpour.came(9)
  expect(downpour.lasts()).toBe(true)
  vi.advanceTimersByTime(50)
  expect(overs).toBe(1)
  downpour.came(10)
  expect(downpour.lasts()).toBe(true)
  vi.advanceTimersByTime(250)
  expect(overs).toBe(2)
})
