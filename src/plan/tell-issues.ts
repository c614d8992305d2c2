import { keysOf } from '../model/change-issues.ts'
import type { Effect } from '../model/effect.ts'
import type { Change, Version } from '../model/history.ts'
import { arrivals, departures } from './arrivals.ts'
import { commentOnIssues } from './comment-on-issues.ts'
import { commentOnTries } from './comment-on-tries.ts'
import { act, keysOfAll, versionName } from './issue-act.ts'
import { moveIssues } from './move-issues.ts'
import type { LineView } from './plan-line.ts'
import { tellArrival } from './tell-arrival.ts'
import { tellDeparture } from './tell-departure.ts'

/** What issues are to get of a line: moves, fix versions, one living comment, and a new one when people must see it. */
export function tellIssues(view: LineView): readonly Effect[] {
  const { history } = view
  const newest = history.versions.slice(-1)
  const merged = [...newest.flatMap(({ changes }) => changes), ...history.unreleased]
  return [
    ...merged.flatMap((change) => moveMerged(view, change)),
    ...newest.flatMap((version) => addVersions(view, version)),
    ...arrivals(view).flatMap((arrival) => tellArrival(view, arrival)),
    ...departures(view).flatMap((departure) => tellDeparture(view, departure)),
    ...commentOnTries(view),
    ...commentOnIssues(view),
  ]
}

function moveMerged({ line, config }: LineView, change: Change): readonly Effect[] {
  const { pull } = change
  if (pull === null) return []
  return moveIssues({
    config,
    repositoryId: line.ref.repository.id,
    station: 'merged',
    subject: String(pull.number),
    issueKeys: keysOf(config, change),
    because: `#${pull.number} was merged into ${line.ref.branch}`,
    at: change.commits.at(-1)?.committedAt ?? pull.updatedAt,
    now: line.now,
  })
}

function addVersions(view: LineView, version: Version): readonly Effect[] {
  const { line, config } = view
  if (!config.jira['fix-version'] || !line.released.includes(version.tag)) return []
  const name = versionName(view, version)
  const description = `${line.ref.repository.owner}/${line.ref.repository.name} ${version.tag}`
  return keysOfAll(view, version.changes).map((issueKey) => {
    return act(view, `add-version:${version.tag}:${issueKey}`, { kind: 'add-version', issueKey, name, description })
  })
}
