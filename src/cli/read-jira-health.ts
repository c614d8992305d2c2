import type { ConfigRead } from '../model/config-read.ts'
import type { JiraHealth } from '../model/jira-health.ts'
import type { Repository } from '../model/ref.ts'
import type { Eyes } from '../reconcile/look-at.ts'
import type { OutageName } from '../reconcile/world/telling.ts'

/** What memory knows of Jira and a repository. Jira itself is asked nothing. */
export async function readJiraHealth(
  { issues, memory }: Pick<Eyes, 'issues' | 'memory'>,
  repository: Repository,
  config: ConfigRead,
): Promise<JiraHealth> {
  const panels = config.kind === 'valid' ? Object.entries(config.config.jira.panels) : []
  const outages = await Promise.all(parts.map(async (part) => ({ part, outage: await memory.outage(part) })))
  const keys = entities.map((entity) => `${entity}:${repository.id}:`)
  return {
    credentials: issues.panels,
    asked: panels.flatMap(([panel, set]) => (set === 'on' ? [panel] : [])),
    away: outages.flatMap(({ part, outage }) => (outage === null ? [] : [{ part, cause: outage.cause }])),
    // Without credentials everything waits, for one cause that is said already.
    told: issues.panels ? await memory.reported(repository, keys) : [],
    acts: await memory.troubledActs(repository),
  }
}

const parts: readonly OutageName[] = ['panels', 'issues', 'look-ups']

const entities = ['branch', 'pull', 'build', 'deployment', 'promotion']
