import { expect, it } from 'vitest'
import { createRounds } from '../../src/store/upkeep.ts'

const minute = 60_000
const megabyte = 1024 * 1024

it('F9: checkpoints and vacuums by time and by what was written, and does nothing while nothing is', async () => {
  let now = 0
  let written = 0
  let said: string[] = []
  const round = createRounds(
    async (text) => {
      if (!text.startsWith('select')) said.push(text)
      return { rows: [{ n: written }], affected: 0 }
    },
    () => now,
  )
  const after = async (time: number, bytes: number) => {
    said = []
    now += time
    written += bytes
    await round()
    return said
  }
  expect(await after(5000, megabyte)).toEqual([])
  expect(await after(minute, 0)).toEqual(['checkpoint'])
  expect(await after(30 * minute, 0)).toEqual(['vacuum'])
  expect(await after(30 * minute, 0)).toEqual([])
  expect(await after(5000, 49 * megabyte)).toEqual(['vacuum', 'checkpoint'])
  expect(await after(5000, 49 * megabyte)).toEqual(['checkpoint'])
  expect(await after(5000, 49 * megabyte)).toEqual(['vacuum', 'checkpoint'])
  expect(await after(5000, megabyte)).toEqual([])
})

it('F9: what failed is done with the next round', async () => {
  let now = 0
  let fails = true
  const said: string[] = []
  const round = createRounds(
    async (text) => {
      if (text === 'checkpoint' && fails) throw new Error('no space left')
      said.push(text)
      return { rows: [{ n: 1 }], affected: 0 }
    },
    () => now,
  )
  now = 2 * minute
  await expect(round()).rejects.toThrow('no space left')
  fails = false
  await round()
  expect(said.at(-1)).toBe('checkpoint')
})
