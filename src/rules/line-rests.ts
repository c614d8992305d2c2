import type { Config } from '../model/config-schema.ts'
import { isSettled } from '../model/deployment.ts'
import { liveIn } from '../model/environments.ts'
import { type History, historyOf } from '../model/history.ts'
import type { LineSnapshot } from '../model/line.ts'

/**
 * Whether nothing is under way on a line: every change on it has its published version, the newest runs wherever versions
 * go by themselves, every deployment has ended, and nobody asks for anything. Then all that may come next shows at a
 * glance (`model/glance.ts`). Anything else hangs on checks of older commits, labels, rights or Jira, which do not.
 */
export function lineRests(line: LineSnapshot): boolean {
  if (line.config.kind !== 'valid') return false
  const { config } = line.config
  if (config.release === undefined || config.environments.some(({ kind }) => kind === 'rush')) return false
  if (line.wishes.length > 0 || line.unfinished.length > 0 || line.refused.size > 0) return false
  const history = historyOf(line, config.release.tag)
  return isRead(line) && isPublished(line, history) && hasArrived(line, { config, history })
}

function isRead({ required, reporting, commits }: LineSnapshot): boolean {
  const reporters = [...reporting.values()]
  return [required, ...reporters, ...commits.map(({ checks }) => checks)].every(({ kind }) => kind === 'found')
}

function isPublished({ released }: LineSnapshot, { versions, unreleased }: History): boolean {
  return unreleased.length === 0 && versions.every(({ tag }) => released.includes(tag))
}

function hasArrived(
  { deployments }: LineSnapshot,
  { config, history }: { readonly config: Config; readonly history: History },
): boolean {
  const newest = history.versions.at(-1)
  const automatic = config.environments.filter(({ deploy }) => deploy === 'auto')
  return (
    deployments.every(isSettled) &&
    automatic.every(({ name }) => newest === undefined || liveIn(deployments, name)?.sha === newest.sha)
  )
}
