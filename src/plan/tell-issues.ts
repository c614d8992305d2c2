import { keysOf } from '../model/change-issues.ts'
import type { Environment } from '../model/config-schema.ts'
import { type Deployment, hasSucceeded, isBranchClaim, isSettled } from '../model/deployment.ts'
import type { Effect } from '../model/effect.ts'
import { stagesOf } from '../model/environments.ts'
import type { Change, Version } from '../model/history.ts'
import type { IssueAction } from '../model/issue-action.ts'
import type { MergedPull } from '../model/line.ts'
import { shippedBy } from '../model/shipped.ts'
import { arrivedStory, livingStory, type Place } from '../words/issue-story.ts'
import { utcTime } from '../words/utc-time.ts'
import { moveIssues } from './move-issues.ts'
import { peopleOf } from './people-of.ts'
import type { LineView } from './plan-line.ts'
import { whereaboutsOf } from './whereabouts.ts'

/** News is news for so long (ms): a database that was lost, or a file that came today, tells nobody of last week. */
const recent = 24 * 3_600_000

/** What issues are to get of a line: moves, fix versions, one living comment, and a new one when people must see it. */
export function tellIssues(view: LineView): readonly Effect[] {
  const { history } = view
  const newest = history.versions.slice(-1)
  const merged = [...newest.flatMap(({ changes }) => changes), ...history.unreleased]
  return [
    ...merged.flatMap((change) => moveMerged(view, change)),
    ...newest.flatMap((version) => addVersions(view, version)),
    ...arrivals(view).flatMap((arrival) => tellArrival(view, arrival)),
    ...versionsInMotion(view).flatMap((version) => commentOn(view, version)),
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

/** A deployment that ended well, with all the versions it brought. */
type Arrival = {
  readonly deployment: Deployment
  readonly environment: Environment
  readonly version: Version
  readonly shipped: readonly Version[]
  /** ms, UTC */
  readonly at: number
}

function arrivals(view: LineView): readonly Arrival[] {
  const { line, config, history } = view
  return line.deployments.flatMap((deployment, place) => {
    const environment = stagesOf(config).find((stage) => stage.name === deployment.environment)
    const version = history.versions.find((one) => one.sha === deployment.sha)
    const at = deployment.statuses.find((status) => status.state === 'success')?.at
    if (!deployment.numbered || !hasSucceeded(deployment) || isBranchClaim(deployment.claim)) return []
    if (environment === undefined || version === undefined || at === undefined || line.now - at > recent) return []
    const deployments = line.deployments.slice(place + 1)
    const shipped = shippedBy({ history, deployments, environment: environment.name, version }) ?? [version]
    return [{ deployment, environment, version, shipped, at }]
  })
}

function tellArrival(view: LineView, arrival: Arrival): readonly Effect[] {
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
  const place = placeOf(environment.name, deployment)
  return shipped
    .flatMap((one) => one.changes)
    .flatMap((change) => {
      const { pull } = change
      if (pull === null) return []
      const people = { promoter, ...peopleOf(view, [change]) }
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

/** Versions about which there is something new, and nothing under way: the panels show that, and an edit is saved. */
function versionsInMotion(view: LineView): readonly Version[] {
  const { line, config, history } = view
  if (!config.jira.comment) return []
  if (stagesOf(config).length === 0) return history.versions.slice(-1).filter(({ tag }) => line.released.includes(tag))
  return history.versions.filter(({ sha }) => {
    const own = line.deployments.filter((one) => one.sha === sha)
    return own.some((one) => one.numbered) && own.every(isSettled)
  })
}

function commentOn(view: LineView, version: Version): readonly Effect[] {
  const { line } = view
  const where = whereaboutsOf(view, version)
  const newest = line.deployments.find((one) => one.sha === version.sha && hasSucceeded(one))
  const place = newest === undefined ? null : placeOf(newest.environment, newest)
  return version.changes.flatMap((change) => {
    const { pull } = change
    if (pull === null) return []
    const shownVersion = { tag: version.tag, url: where.releaseUrl }
    const story = livingStory({ pull: shown(view, pull), place, version: shownVersion, stages: where.stages })
    return keysOf(view.config, change).map((issueKey) => {
      const mark = { repository: line.ref.repository.id, pull: pull.number, news: null }
      const action = { kind: 'comment' as const, issueKey, story, mark, since: pull.createdAt }
      return act(view, `comment:${pull.number}:${issueKey}`, action)
    })
  })
}

function placeOf(name: string, deployment: Deployment): Place | null {
  const url = deployment.statuses.find((status) => status.state === 'success')?.url ?? null
  return url === null ? null : { name, url }
}

function shown({ line }: LineView, { number, title, url }: MergedPull) {
  return { name: `${line.ref.repository.owner}/${line.ref.repository.name}#${number}`, title, url }
}

/** Versions are a project's, and several repositories may share one. */
function versionName({ line }: LineView, { tag }: Version): string {
  return `${line.ref.repository.name} ${tag}`
}

function keysOfAll({ config }: LineView, changes: readonly Change[]): readonly string[] {
  return [...new Set(changes.flatMap((change) => keysOf(config, change)))]
}

function act({ line }: LineView, key: string, action: IssueAction): Effect {
  const [kind, ...rest] = key.split(':')
  return { kind: 'act-on-issue', key: [kind, line.ref.repository.id, ...rest].join(':'), action }
}
