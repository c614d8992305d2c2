import { expect, test } from 'vitest'
import { createRedeliveries } from '../../src/store/redeliveries.ts'
import { onBothDatabases } from './databases.ts'

onBothDatabases(({ shared }) => {
  test('a delivery is asked for once in a while, and again at once where it could not be asked for', async () => {
    const { claimRedeliveries, releaseRedelivery } = createRedeliveries(shared())
    const failed = [{ id: 'lost', attempt: 1, deliveredAt: 0 }]
    expect(await claimRedeliveries(failed)).toEqual(failed)
    expect(await claimRedeliveries(failed)).toEqual([])
    // However often that happens: it counts as no try.
    for (let at = 0; at < 7; at++) {
      await releaseRedelivery('lost')
      expect(await claimRedeliveries(failed)).toEqual(failed)
    }
    expect(await claimRedeliveries(failed)).toEqual([])
  })
})
