import type { Issue } from '../model/issue.ts'
import type { Lookup } from '../model/lookup.ts'
import type { World } from './world/world.ts'

type Issues = ReadonlyMap<string, Lookup<Issue>>

/** What Waybill remembers about issues, given what Jira said of them just now. */
export async function askAboutIssues(eyes: Pick<World, 'memory' | 'now'>, issues: Issues) {
  const done = [...issues].filter(([, lookup]) => lookup.kind === 'found' && lookup.value.done).map(([key]) => key)
  return {
    movedToDone: done.length === 0 ? new Set<string>() : await eyes.memory.movedToDone(done),
    jiraAwaySince: await jiraAwaySince(eyes, issues),
  }
}

/** Null where Jira answered, or was not asked. */
async function jiraAwaySince({ memory, now }: Pick<World, 'memory' | 'now'>, issues: Issues): Promise<number | null> {
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
