import { expect, it } from 'vitest'
import { runFuzz } from './run-fuzz.ts'

it('every parser of what strangers write ends soon and throws nothing', async () => {
  const results = await runFuzz(4000, 20_261)
  // The first inputs also pay for compiling; `npm run fuzz` holds the limit of 50 ms.
  for (const { name, worst } of results) expect(worst, name).toBeLessThan(200)
  expect(results).toHaveLength(10)
})
