import type { Environment } from '../model/config-schema.ts'
import { hasSucceeded, versionClaim } from '../model/deployment.ts'
import { deploymentsIn } from '../model/deployments-in.ts'
import type { Effect } from '../model/effect.ts'
import { newestOf, stageBefore, stagesOf } from '../model/environments.ts'
import type { Version } from '../model/history.ts'
import { judgePromotion } from '../rules/judge-promotion.ts'
import { byPolicy, deploy } from './deploy.ts'
import { lookWhen } from './look-when.ts'
import type { LineView } from './plan-line.ts'

/** What policy deploys by itself now: in every environment with `deploy: auto` the next version in its turn. */
export function planDeployments(view: LineView, planned: readonly Effect[]): readonly Effect[] {
  const taken = planned.flatMap((effect) => (effect.kind === 'create-deployment' ? [effect.claim.environment] : []))
  return stagesOf(view.config)
    .filter((environment) => environment.deploy === 'auto' && !taken.includes(environment.name))
    .flatMap((environment) => planNext(view, environment))
}

/**
 * With `queue: every` one after the other: a version that failed before this environment is passed by, one that waits
 * holds its place. With `newest` the newest that may go; what waits before it is superseded.
 */
function planNext(view: LineView, environment: Environment): readonly Effect[] {
  const { line, config, history } = view
  const oldestFirst = candidates(view, environment)
  const looks: Effect[] = []
  for (const version of environment.queue === 'newest' ? oldestFirst.toReversed() : oldestFirst) {
    const promotion = judgePromotion({ config, line, history, environment, version, by: null, emergency: null })
    if (promotion.kind === 'approved') return deploy(view, promotion.approval, byPolicy(environment))
    if (promotion.kind === 'waits') {
      looks.push(...lookWhen(line, promotion.reason))
      if (environment.queue === 'every') return looks
    }
  }
  return looks
}

/**
 * Every released version after the newest one tried there, oldest first. Where none was ever tried: the first
 * environment of all begins with the first version, one that came later with the newest it could have.
 */
function candidates({ line, config, history }: LineView, environment: Environment): readonly Version[] {
  const released = history.versions.filter((version) => line.released.includes(version.tag))
  const there = deploymentsIn(line.deployments, environment.name)
  const newest = released.findLastIndex((version) => {
    return there.some((one) => one.sha === version.sha || versionClaim(one)?.tag === version.tag)
  })
  if (newest >= 0) return released.slice(newest + 1)
  const before = stageBefore(config, environment.name)
  if (before === null) return line.deployments.length > 0 ? released.slice(-1) : released
  const staged = released.findLastIndex((version) => {
    const staging = newestOf(line.deployments, before.name, version.sha)
    return staging !== null && hasSucceeded(staging)
  })
  return staged < 0 ? [] : released.slice(staged)
}
