import { keysOf } from './change-issues.ts'
import type { Config, Environment } from './config-schema.ts'
import { decidedOf, holdsOn } from './decision.ts'
import { type Deployment, type DeploymentState, deploymentState, isBranchClaim, isSettled } from './deployment.ts'
import { liveIn, newestOf, stagesOf } from './environments.ts'
import type { Change, History, Version } from './history.ts'
import { leaseOf } from './lease.ts'
import type { LineSnapshot } from './line.ts'

/** What runs in one environment. */
export type EnvironmentView = {
  readonly name: string
  readonly type: Environment['type']
  readonly kind: Environment['kind']
  /** What is live; null where nothing ever was. */
  readonly live: {
    /** A version's tag, or the first letters of a commit that is none. */
    readonly version: string
    readonly sha: string
    /** ms, UTC */
    readonly since: number
    readonly url: string | null
  } | null
  /** What is on its way, or came to a bad end after what is live. */
  readonly newest: { readonly version: string; readonly state: DeploymentState } | null
  /** Who has a rush box, and until when (ms, UTC; null while it is being deployed). */
  readonly lease: { readonly pull: number; readonly until: number | null } | null
  /** Why nothing goes there by itself now. */
  readonly holds: readonly string[]
}

/** Where one version is. */
export type VersionView = {
  readonly version: string
  readonly sha: string
  readonly issues: readonly string[]
  readonly pulls: readonly number[]
  readonly environments: readonly {
    readonly name: string
    /** `live` now, `was live` before, `rejected` by a rollback, the state of its newest deployment, or `none`. */
    readonly state: 'live' | 'was live' | 'rejected' | 'none' | DeploymentState
  }[]
}

/** One change that an environment has and the next one lacks. */
export type ChangeView = {
  readonly version: string
  readonly sha: string
  readonly pull: number | null
  readonly title: string
  readonly issues: readonly string[]
}

/** What the next environment lacks of what runs in the one before it. */
export type DifferenceView = {
  readonly from: string
  readonly to: string
  /** Null: what is live there is not on the part of the line that was read. */
  readonly changes: readonly ChangeView[] | null
}

export type Views = {
  readonly environments: readonly EnvironmentView[]
  /** Newest first. */
  readonly versions: readonly VersionView[]
  readonly differences: readonly DifferenceView[]
}

export type Viewed = { readonly line: LineSnapshot; readonly config: Config; readonly history: History }

/** The two views on a line, versions by environment and environments by version, and what changed between neighbours. */
export function viewsOf(view: Viewed, mostVersions: number): Views {
  const stages = stagesOf(view.config)
  const pairs = stages.flatMap((stage, at) => {
    const before = stages[at - 1]
    return before === undefined ? [] : [{ from: before.name, to: stage.name }]
  })
  return {
    environments: view.config.environments.map((environment) => environmentView(view, environment)),
    versions: view.history.versions
      .slice(-mostVersions)
      .toReversed()
      .map((version) => versionView(view, version)),
    differences: pairs.map((pair) => ({ ...pair, changes: changesBetween(view, pair) })),
  }
}

/** The changes that are live in `from` and not in `to`, oldest first; null where that can't be told. */
export function changesBetween(
  { line, config, history }: Viewed,
  { from, to }: { readonly from: string; readonly to: string },
): readonly ChangeView[] | null {
  const there = liveIn(line.deployments, from)
  if (there === null) return []
  const end = history.versions.findIndex((version) => version.sha === there.sha)
  const here = liveIn(line.deployments, to)
  const start = here === null ? -1 : history.versions.findIndex((version) => version.sha === here.sha)
  if (end < 0 || (start < 0 && (here !== null || !history.whole))) return null
  return history.versions.slice(start + 1, end + 1).flatMap(({ tag, changes }) => {
    return changes.map((change) => changeView(config, tag, change))
  })
}

function environmentView({ line, history }: Viewed, environment: Environment): EnvironmentView {
  const { name, type, kind } = environment
  const live = liveIn(line.deployments, name)
  const newest = line.deployments.find((one) => one.environment === name)
  const lease = kind === 'rush' ? leaseOf(line, environment, line.now) : null
  const success = live?.statuses.findLast((status) => status.state === 'success')
  const isOpen = newest !== undefined && newest.id !== live?.id
  return {
    name,
    type,
    kind,
    live:
      live === null
        ? null
        : {
            version: versionOf(live, history),
            sha: live.sha,
            since: success?.at ?? live.createdAt,
            url: success?.url ?? null,
          },
    newest: isOpen ? { version: versionOf(newest, history), state: deploymentState(newest) } : null,
    lease: lease === null ? null : { pull: lease.claim.pull, until: lease.until },
    holds: holdsOn(line.decisions, name).map((hold) => hold.reason),
  }
}

function versionView({ line, config }: Viewed, { tag, sha, changes }: Version): VersionView {
  return {
    version: tag,
    sha,
    issues: [...new Set(changes.flatMap((change) => keysOf(config, change)))],
    pulls: changes.flatMap((change) => (change.pull === null ? [] : [change.pull.number])),
    environments: config.environments.map(({ name }) => ({ name, state: stateIn(line, name, sha) })),
  }
}

function stateIn(
  { deployments, decisions }: LineSnapshot,
  name: string,
  sha: string,
): VersionView['environments'][number]['state'] {
  const newest = newestOf(deployments, name, sha)
  if (newest === null) return 'none'
  if (!isSettled(newest)) return deploymentState(newest)
  if (liveIn(deployments, name)?.sha === sha) return 'live'
  if (decidedOf(decisions, 'reject', sha).some(({ what }) => what.environment === name)) return 'rejected'
  const state = deploymentState(newest)
  return state === 'success' || state === 'inactive' ? 'was live' : state
}

function changeView(config: Config, version: string, change: Change): ChangeView {
  const title = change.pull?.title ?? change.commits[0]?.headline ?? ''
  return { version, sha: change.sha, pull: change.pull?.number ?? null, title, issues: keysOf(config, change) }
}

function versionOf(deployment: Deployment, { versions }: History): string {
  const version = versions.find((one) => one.sha === deployment.sha)
  if (version !== undefined) return version.tag
  const { claim, sha, tag } = deployment
  return isBranchClaim(claim) ? `#${claim.pull} at ${sha.slice(0, 7)}` : (tag ?? sha.slice(0, 7))
}
