import { expect, it } from 'vitest'
import { ownLimits } from '../../src/github/own-limits.ts'
import { usualPace } from '../../src/github/pace.ts'
import { createStanding } from '../../src/github/standing.ts'
import { Failed } from '../../src/model/failure.ts'

const log = { info: () => {}, warn: () => {}, error: () => {} }
const outage = Object.assign(new Error('fetch failed'), { status: 500 })
const minute = 60_000

it('F34: an hour without GitHub and 500 subjects that wait: one try in 30 s, and all are through in 10 minutes', async () => {
  let now = 0
  const calls: number[] = []
  const isUp = () => now < 1000 || now >= 60 * minute
  const standing = createStanding({ now: () => now, log, pace: usualPace, limits: ownLimits })
  /** What a pass does: until when it is put off, or null where it came through. */
  const attempt = async (): Promise<number | null> => {
    try {
      await standing.check('1')
      calls.push(now)
      if (isUp()) {
        await standing.succeeded('1')
        return null
      }
      throw (await standing.failed('1', outage)) ?? new Error('no failure')
    } catch (error) {
      if (!(error instanceof Failed) || error.failure.kind !== 'busy') throw error
      return error.failure.until
    }
  }
  now = 1000
  let waiting = Array.from({ length: 500 }, () => now)
  const through: number[] = []
  for (; waiting.length > 0 && now < 80 * minute; now += 500) {
    const still: number[] = []
    for (const at of waiting) {
      const until = at > now ? at : await attempt()
      if (until === null) through.push(now)
      else still.push(until)
    }
    waiting = still
  }
  const tries = calls.filter((at) => at < 60 * minute)
  // Sooner at the beginning, in case it was only for a moment: after 2, 5, 10 and 20 s.
  const late = tries.slice(4)
  for (const [at, time] of late.entries()) if (at > 0) expect(time - (late[at - 1] ?? 0)).toBeGreaterThanOrEqual(30_000)
  expect(tries.length).toBeLessThanOrEqual(125)
  expect(through).toHaveLength(500)
  expect(Math.max(...through) - 60 * minute).toBeLessThan(10 * minute)
})
