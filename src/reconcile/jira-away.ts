import type { Issue } from '../model/issue.ts'
import type { Lookup } from '../model/lookup.ts'
import type { World } from './world.ts'

/** Since when Jira can't be read (ms, UTC), given what it said just now; null where it answered, or was not asked. */
export async function jiraAwaySince(
  { memory, now }: Pick<World, 'memory' | 'now'>,
  issues: ReadonlyMap<string, Lookup<Issue>>,
): Promise<number | null> {
  if (issues.size === 0) return null
  const [cause] = [...issues.values()].flatMap((lookup) => (lookup.kind === 'unknown' ? [lookup.cause] : []))
  const outage = await memory.outage('look-ups')
  if (cause === undefined) {
    if (outage !== null) await memory.endOutage('look-ups')
    return null
  }
  if (outage !== null) return outage.since
  const since = now()
  await memory.saveOutage('look-ups', { until: since, tries: 0, cause, since })
  return since
}
