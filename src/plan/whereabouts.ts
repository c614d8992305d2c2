import type { Environment } from '../model/config-schema.ts'
import { decidedOf } from '../model/decision.ts'
import { deploymentState, versionClaim } from '../model/deployment.ts'
import type { Effect } from '../model/effect.ts'
import { newestOf, stageBefore, stagesOf } from '../model/environments.ts'
import type { Version } from '../model/history.ts'
import type { PromotionReason } from '../model/promotion.ts'
import { shownPeople } from '../rules/is-listed.ts'
import { openReasons } from '../rules/judge-promotion.ts'
import type { StageShown, Whereabouts } from '../words/living-comment.ts'
import { lookWhen } from './look-when.ts'
import type { LineView } from './plan-line.ts'

/** Where a version is now, stage by stage. */
export function whereaboutsOf(view: LineView, version: Version): Whereabouts {
  return {
    tag: version.tag,
    sha: version.sha,
    releaseUrl: `${view.line.repositoryUrl}/releases/tag/${encodeURIComponent(version.tag)}`,
    stages: stagesOf(view.config).map((environment) => stageOf(view, version, environment)),
    inTheWay: inTheWayOf(view, version),
  }
}

/** Looks at the line when what is in a version's way may be gone by itself. */
export function looksFor(view: LineView, version: Version): readonly Effect[] {
  return inTheWayOf(view, version).flatMap(({ reason }) => lookWhen(view.line, reason))
}

type Next = { readonly environment: Environment; readonly reason: PromotionReason | null }

/** The stage a version would go to next, and the first reason against it, if there is one. */
export function nextStage(view: LineView, version: Version): Next | null {
  const { line, config, history } = view
  const environment = stagesOf(config).find((stage) => stageOf(view, version, stage).state === 'next')
  if (environment === undefined) return null
  const [reason] = openReasons({ line, config, history, environment, version, by: null, emergency: null })
  return { environment, reason: reason ?? null }
}

function inTheWayOf(view: LineView, version: Version): Whereabouts['inTheWay'] {
  const next = nextStage(view, version)
  return next === null || next.reason === null ? [] : [{ environment: next.environment.name, reason: next.reason }]
}

function stageOf(view: LineView, version: Version, environment: Environment): StageShown {
  const { line, config } = view
  const promoters = environment.promoters ?? 'nobody'
  const named = {
    environment: environment.name,
    promoters: environment.deploy === 'auto' ? null : shownPeople(promoters),
  }
  const rejection = rejectionOf(view, version, environment)
  if (rejection !== null)
    return { ...named, state: 'rejected', description: rejection, url: null, by: null, as: 'promotion' }
  const newest = newestOf(line.deployments, environment.name, version.sha)
  if (newest === null) {
    const instead = newerThere(view, version, environment)
    if (instead !== null)
      return { ...named, state: 'passed', description: instead, url: null, by: null, as: 'promotion' }
    const before = stageBefore(config, environment.name)
    const staged = before === null ? null : newestOf(line.deployments, before.name, version.sha)
    const ready = before === null || (staged !== null && ['success', 'inactive'].includes(deploymentState(staged)))
    return { ...named, state: ready ? 'next' : 'later', description: '', url: null, by: null, as: 'promotion' }
  }
  const status = newest.statuses[0]
  return {
    ...named,
    state: deploymentState(newest),
    description: status?.description ?? '',
    url: status?.url ?? null,
    by: newest.claim?.by?.login ?? null,
    as: versionClaim(newest)?.as ?? 'promotion',
  }
}

/** Who took it away and why, where it was rejected there or before. Plain text. */
function rejectionOf({ line, config }: LineView, { sha }: Version, environment: Environment): string | null {
  const rejections = decidedOf(line.decisions, 'reject', sha)
  if (rejections.length === 0) return null
  const order = stagesOf(config).map((stage) => stage.name)
  const here = order.indexOf(environment.name)
  const rejection = rejections.find(({ what }) => order.indexOf(what.environment) <= here)
  if (rejection === undefined) return null
  const by = rejection.by === null ? '' : ` by ${rejection.by.login}`
  const where = rejection.what.environment === environment.name ? '' : ` in ${rejection.what.environment}`
  return `rolled back${where}${by}: ${rejection.what.reason}`
}

/** The newest version that went there in its place, and brought it along. */
function newerThere({ line, history }: LineView, version: Version, environment: Environment): string | null {
  const at = history.versions.indexOf(version)
  const newer = history.versions.slice(at + 1).find((one) => {
    return newestOf(line.deployments, environment.name, one.sha) !== null
  })
  return newer === undefined ? null : newer.tag
}
