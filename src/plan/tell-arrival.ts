import { keysOf } from '../model/change-issues.ts'
import { versionClaim } from '../model/deployment.ts'
import type { Effect } from '../model/effect.ts'
import { arrivedStory } from '../words/issue-story.ts'
import { utcTime } from '../words/utc-time.ts'
import type { Arrival } from './arrivals.ts'
import { act, keysOfAll, placeOf, shown, versionName } from './issue-act.ts'
import { moveIssues } from './move-issues.ts'
import { peopleOf } from './people-of.ts'
import type { LineView } from './plan-line.ts'

/** What issues get when their change is in staging or in production: the latter is news. */
export function tellArrival(view: LineView, arrival: Arrival): readonly Effect[] {
  const { line, config } = view
  const { deployment, environment, version, shipped, at } = arrival
  const station = environment.type === 'staging' || environment.type === 'production' ? environment.type : null
  if (station === null) return []
  const changes = shipped.flatMap((one) => one.changes)
  const moves = moveIssues({
    config,
    repositoryId: line.ref.repository.id,
    station,
    subject: String(deployment.id),
    issueKeys: keysOfAll(view, changes),
    because: `${version.tag} is in ${environment.name}`,
    at,
    now: line.now,
  })
  if (station === 'staging') return moves
  return [...moves, ...releaseVersions(view, arrival), ...announce(view, arrival)]
}

function releaseVersions(view: LineView, { shipped, at }: Arrival): readonly Effect[] {
  if (!view.config.jira['fix-version']) return []
  const date = utcTime(at).slice(0, 10)
  return shipped.flatMap((version) => {
    const byProject = new Map(keysOfAll(view, version.changes).map((key) => [key.slice(0, key.lastIndexOf('-')), key]))
    return [...byProject].map(([project, issueKey]) => {
      const action = { kind: 'release-version' as const, issueKey, name: versionName(view, version), date }
      return act(view, `release-version:${version.tag}:${project}`, action)
    })
  })
}

function announce(view: LineView, { deployment, environment, version, shipped, at }: Arrival): readonly Effect[] {
  if (!view.config.jira.comment) return []
  const promoter = deployment.claim?.by?.login ?? null
  const as = versionClaim(deployment)?.as ?? 'promotion'
  const place = placeOf(environment.name, deployment)
  return shipped
    .flatMap((one) => one.changes)
    .flatMap((change) => {
      const { pull } = change
      if (pull === null) return []
      const people = { promoter, as, ...peopleOf(view, [change]) }
      const story = arrivedStory({
        pull: shown(view, pull),
        tag: version.tag,
        environment: environment.name,
        people,
        place,
      })
      const news = `deployment ${deployment.id}`
      return keysOf(view.config, change).map((issueKey) => {
        const mark = { repository: view.line.ref.repository.id, pull: pull.number, news }
        const action = { kind: 'comment' as const, issueKey, story, mark, since: at }
        return act(view, `news:${deployment.id}:${pull.number}:${issueKey}`, action)
      })
    })
}
