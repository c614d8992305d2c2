import { expect, it } from 'vitest'
import { makingUp } from '../src/making-up.ts'

const delivery = { id: 'x', name: 'push', payload: {} }

it('F3, F13: what was refused while the database was away is asked for with the first delivery after it, once', async () => {
  let down = false
  let asked = 0
  let fails = false
  const receive = makingUp(
    async () => {
      if (down) throw new Error('no database')
    },
    async () => {
      asked += 1
      if (fails) throw new Error('not yet')
    },
  )
  await receive(delivery)
  expect(asked).toBe(0)
  down = true
  for (let at = 0; at < 3; at++) await expect(receive(delivery)).rejects.toThrow('no database')
  down = false
  fails = true
  await receive(delivery)
  expect(asked).toBe(1)
  fails = false
  await receive(delivery)
  await receive(delivery)
  expect(asked).toBe(2)
})
