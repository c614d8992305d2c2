import type { Delivered } from './world/issues.ts'
import type { Queue } from './world/queue.ts'
import type { Outage } from './world/telling.ts'
import type { World } from './world/world.ts'

/** The pause after the first failure, and the longest one (ms). */
const shortest = 30_000
const longest = 300_000

type Part = 'panels' | 'issues'

/** What telling Jira needs of the outside. */
export type Post = Pick<World, 'issues' | 'memory' | 'log' | 'now' | 'crashpoint'> & {
  readonly queue: Pick<Queue, 'hint' | 'remindOutbox'>
}

/**
 * Writes down that a part of Jira is away, and answers when it may be asked again (ms, UTC). Pauses double with each try up
 * to a limit, between half of it and the whole: `random` (at least 0, below 1) spreads the tries of many installations.
 */
export async function declareAway(
  { memory, log, now }: Post,
  part: Part,
  { before, away, random }: { readonly before: Outage | null; readonly away: Away; readonly random: () => number },
): Promise<number> {
  const tries = (before?.tries ?? 0) + 1
  const pause = Math.min(longest, shortest * 2 ** Math.min(tries - 1, 10)) * (0.5 + random() / 2)
  const until = Math.max(away.until, now() + pause)
  await memory.saveOutage(part, { until, tries, cause: away.cause, since: before?.since ?? now() })
  log.warn({ part, cause: away.cause, until }, 'Jira is left alone until then')
  return until
}

type Away = NonNullable<Delivered['away']>
