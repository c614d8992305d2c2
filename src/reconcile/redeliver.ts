import { Failed } from '../model/failure.ts'
import type { World } from './world/world.ts'

/** Pages of 100 attempts looked through in one round, and redeliveries asked for. */
const mostPages = 10
const mostAsked = 200
/** GitHub keeps deliveries for three days; an attempt may be listed a little late (ms). */
const kept = 3 * 24 * 3_600_000
const overlap = 10 * 60_000

/**
 * Asks GitHub for what it says it could not deliver and what was never stored here: the fast way back after a time of
 * being away; the sweep is the sure one. A round that finds no end goes on with its next one where it stopped.
 */
export async function redeliverFailed(world: Pick<World, 'code' | 'memory' | 'log' | 'now'>): Promise<void> {
  try {
    await round(world)
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    world.log.warn({ cause: error.failure.cause }, 'lost deliveries were not asked for')
  }
}

async function round({ code, memory, log, now }: Pick<World, 'code' | 'memory' | 'log' | 'now'>): Promise<void> {
  const mark = await memory.deliveriesSeen()
  const until = Math.max(mark.until, now() - kept)
  let { cursor } = mark
  const begun = cursor === null ? now() : mark.begun
  let asked = 0
  for (let pages = 0; pages < mostPages && asked < mostAsked; pages++) {
    const page = await code.listDeliveries(cursor)
    for (const one of page.failed) {
      // Claimed one by one: what could not be asked for any more is free for the next round.
      if ((await memory.claimRedeliveries([one])).length === 0) continue
      await code.redeliver(one.attempt).catch(async (error: unknown) => {
        await memory.releaseRedelivery(one.id)
        throw error
      })
      asked += 1
    }
    cursor = page.next
    if (cursor === null || page.oldest === null || page.oldest < until) {
      await memory.sawDeliveries({ until: begun - overlap, begun, cursor: null })
      break
    }
    await memory.sawDeliveries({ until: mark.until, begun, cursor })
  }
  if (asked > 0) log.info({ deliveries: asked }, 'lost deliveries were asked for again')
}
