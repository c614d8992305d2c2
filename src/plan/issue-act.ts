import { keysOf } from '../model/change-issues.ts'
import type { Deployment } from '../model/deployment.ts'
import type { Effect } from '../model/effect.ts'
import type { Change, Version } from '../model/history.ts'
import type { IssueAction } from '../model/issue-action.ts'
import type { MergedPull } from '../model/line.ts'
import type { Place, PullShown } from '../words/issue-story.ts'
import type { LineView } from './plan-line.ts'

/** Orders something for an issue. `key` names it within the repository: `news:DEPLOYMENT:PULL:ISSUE`. */
export function act({ line }: LineView, key: string, action: IssueAction): Effect {
  const [kind, ...rest] = key.split(':')
  return { kind: 'act-on-issue', key: [kind, line.ref.repository.id, ...rest].join(':'), action }
}

/** The issues of changes, each once. */
export function keysOfAll({ config }: LineView, changes: readonly Change[]): readonly string[] {
  return [...new Set(changes.flatMap((change) => keysOf(config, change)))]
}

export function shown(
  { line }: LineView,
  { number, title, url }: Pick<MergedPull, 'number' | 'title' | 'url'>,
): PullShown {
  return { name: `${line.ref.repository.owner}/${line.ref.repository.name}#${number}`, title, url }
}

/** Where a deployment can be looked at, as its deployer named it. */
export function placeOf(name: string, deployment: Deployment): Place | null {
  const url = deployment.statuses.find((status) => status.state === 'success')?.url ?? null
  return url === null ? null : { name, url }
}

/** Versions are a project's, and several repositories may share one. */
export function versionName({ line }: LineView, { tag }: Version): string {
  return `${line.ref.repository.name} ${tag}`
}
