import type { Config } from '../model/config-schema.ts'
import type { Effect } from '../model/effect.ts'
import type { Station } from '../model/issue-action.ts'

/** What was reached longer ago moves nothing any more: people have gone on since, and a switch thrown today is for today (ms). */
const recent = 24 * 3_600_000

export type Reached = {
  readonly config: Config
  readonly repositoryId: number
  readonly station: Station
  /** What reached it: a branch, a pull request, a deployment. An issue moves once for each. */
  readonly subject: string
  readonly issueKeys: readonly string[]
  readonly because: string
  /** ms, UTC */
  readonly at: number
  readonly now: number
}

/** Brings issues to the status the configuration names for a station, if it names one. */
export function moveIssues(reached: Reached): readonly Effect[] {
  const { config, repositoryId, station, subject, issueKeys, because, at, now } = reached
  const target = config.jira.transitions[station]
  if (target === null || now - at > recent) return []
  return issueKeys.map((issueKey): Effect => {
    const key = `move:${repositoryId}:${issueKey}:${station}:${subject}`
    return { kind: 'act-on-issue', key, action: { kind: 'move', issueKey, station, target, because, at } }
  })
}
