import type { Approved } from '../model/approved.ts'
import type { Environment } from '../model/config-schema.ts'
import { hasSucceeded } from '../model/deployment.ts'
import type { AuditEntry, Effect } from '../model/effect.ts'
import { newestOf, stageBefore, stagesOf } from '../model/environments.ts'
import type { Version } from '../model/history.ts'
import { judgePromotion } from '../rules/judge-promotion.ts'
import type { LineView } from './plan-line.ts'

/** What policy deploys by itself now: in every environment with `deploy: auto` the next version in its turn. */
export function planDeployments(view: LineView, planned: readonly Effect[]): readonly Effect[] {
  const taken = planned.flatMap((effect) => (effect.kind === 'create-deployment' ? [effect.claim.environment] : []))
  return stagesOf(view.config)
    .filter((environment) => environment.deploy === 'auto' && !taken.includes(environment.name))
    .flatMap((environment) => planNext(view, environment))
}

/** Orders one deployment. The audit entry is written first, so that nothing is let through without one. */
export function deploy(
  view: LineView,
  approval: Approved,
  order: { readonly environment: Environment; readonly wish: number | null },
): readonly Effect[] {
  const { environment, wish } = order
  const attempts = view.line.deployments.filter(
    (one) => one.environment === environment.name && one.tag === approval.version,
  )
  const claim = {
    environment: environment.name,
    tag: approval.version,
    attempt: attempts.length + 1,
    wish,
    by: approval.by,
  }
  const entry: AuditEntry = {
    key: `deploy:${claim.environment}:${claim.tag}:${claim.attempt}`,
    action: approval.by === null ? 'deploy' : 'promote',
    actor: approval.by,
    subject: `${view.line.ref.branch}@${approval.sha}`,
    version: approval.version,
    sha: approval.sha,
    environment: environment.name,
    reason: approval.by === null ? 'deploy: auto' : `promoted by ${approval.by.login}`,
    evidence: view.line.config.kind === 'valid' ? [`configuration ${view.line.config.sha}`] : [],
  }
  const description = approval.by === null ? `${claim.tag} by policy` : `${claim.tag} promoted by ${approval.by.login}`
  return [
    { kind: 'audit', entry },
    { kind: 'create-deployment', claim, sha: approval.sha, type: environment.type, description, approval },
  ]
}

function planNext(view: LineView, environment: Environment): readonly Effect[] {
  for (const version of candidates(view, environment)) {
    const { line, config, history } = view
    const promotion = judgePromotion({ config, line, history, environment, version, by: null })
    if (promotion.kind === 'approved') return deploy(view, promotion.approval, { environment, wish: null })
    // A version that failed before this environment is passed by; one that is under way holds its place.
    if (promotion.kind === 'waits') return []
  }
  return []
}

/**
 * Every released version after the newest one tried there, oldest first. Where none was ever tried: the first
 * environment of all begins with the first version, one that came later with the newest it could have.
 */
function candidates({ line, config, history }: LineView, environment: Environment): readonly Version[] {
  const released = history.versions.filter((version) => line.released.includes(version.tag))
  const tried = line.deployments.filter((one) => one.environment === environment.name).map((one) => one.sha)
  const newest = released.findLastIndex((version) => tried.includes(version.sha))
  if (newest >= 0) return released.slice(newest + 1)
  const before = stageBefore(config, environment.name)
  if (before === null) return line.deployments.length > 0 ? released.slice(-1) : released
  const staged = released.findLastIndex((version) => {
    const there = newestOf(line.deployments, before.name, version.tag)
    return there !== null && hasSucceeded(there)
  })
  return staged < 0 ? [] : released.slice(staged)
}
