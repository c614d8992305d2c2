import type { Repository } from '../model/ref.ts'
import type { World } from './world.ts'

/** How many reports go to Jira at once (its own limit is 100 of a kind a request). */
const batch = 100

/**
 * Tells Jira what memory holds for this repository, the newest state of each entity, until nothing is left. What Jira
 * refuses for good is said in the log and not sent again until it changes. Rejects with `Failed` when Jira is away.
 */
export async function sendOutbox(
  world: Pick<World, 'issues' | 'memory' | 'log'>,
  repository: Repository,
): Promise<void> {
  for (;;) {
    const reports = await world.memory.unsentReports(repository, batch)
    if (reports.length === 0) return
    const refused = await world.issues.send(reports)
    for (const { key, cause } of refused) world.log.warn({ report: key, cause }, 'Jira refused a report')
    await world.memory.markSent(reports)
    if (reports.length < batch) return
  }
}
