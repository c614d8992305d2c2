import { expect, it } from 'vitest'
import { inBatches, together } from '../../src/store/in-batches.ts'

it('asks together what comes at once, and then what came meanwhile, no more than so many', async () => {
  const asked: (readonly number[])[] = []
  const double = inBatches<number, number>(
    3,
    together(async (numbers: readonly number[]) => {
      asked.push(numbers)
      await new Promise(setImmediate)
      return numbers.map((number) => 2 * number)
    }),
  )
  const first = [1, 2].map((number) => double(number))
  const later = first.map((one, at) => one.then(() => double(10 + at)))
  const more = [3, 4, 5].map((number) => double(number))
  expect(await Promise.all([...first, ...more, ...later])).toEqual([2, 4, 6, 8, 10, 20, 22])
  expect(asked.map((batch) => batch.length)).toEqual([3, 3, 1])
})

it('lets a batch that fails fail alone', async () => {
  const ask = inBatches<number, number>(
    2,
    together(async (numbers: readonly number[]) => {
      if (numbers.includes(2)) throw new Error('not this')
      return numbers
    }),
  )
  const answers = await Promise.allSettled([1, 2, 3].map((number) => ask(number)))
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
  expect(await ask(4)).toBe(4)
})

it('fails who is left without an answer', async () => {
  const ask = inBatches<number, number>(
    2,
    together(async () => [1]),
  )
  const answers = await Promise.allSettled([1, 2].map((number) => ask(number)))
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
})
