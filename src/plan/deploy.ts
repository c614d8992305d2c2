import type { Approved } from '../model/approved.ts'
import { artifactOf } from '../model/artifact.ts'
import type { AuditEntry } from '../model/audit-entry.ts'
import type { Environment } from '../model/config-schema.ts'
import { type DeploymentClaim, versionClaim } from '../model/deployment.ts'
import type { Effect } from '../model/effect.ts'
import type { LineView } from './plan-line.ts'

/** What a deployment is for, beside its approval. */
export type DeployOrder = {
  readonly environment: Environment
  /** The wish it carries out; null for policy. */
  readonly wish: number | null
  readonly as: DeploymentClaim['as']
  /** The failed deployment it repeats. */
  readonly retries: number | null
  /** Who asked for this very deployment, for the audit log. */
  readonly actor: AuditEntry['actor']
  readonly action: Extract<AuditEntry['action'], 'deploy' | 'promote' | 'rollback' | 'retry'>
  /** Plain text, shown at GitHub and kept in the audit log. */
  readonly reason: string
  readonly evidence: readonly string[]
}

/** Orders one deployment. The audit entry is written first, so that nothing is let through without one. */
export function deploy({ line }: Pick<LineView, 'line'>, approval: Approved, order: DeployOrder): readonly Effect[] {
  const { environment, wish, as, retries, actor, action, reason } = order
  const attempts = line.deployments.filter((one) => {
    return one.environment === environment.name && (versionClaim(one)?.tag ?? one.tag) === approval.version
  })
  const claim = {
    environment: environment.name,
    tag: approval.version,
    attempt: attempts.length + 1,
    wish,
    by: approval.by,
    as,
    retries,
  }
  const policy = line.config.kind === 'valid' ? [`configuration ${line.config.sha}`] : []
  const entry: AuditEntry = {
    // An attempt whose record somebody deleted is counted again: another promotion of it is another decision.
    key: `deploy:${claim.environment}:${claim.tag}:${claim.attempt}${wish === null ? '' : `:wish:${wish}`}`,
    action,
    actor,
    subject: `${line.ref.branch}@${approval.sha}`,
    version: approval.version,
    sha: approval.sha,
    environment: environment.name,
    reason,
    evidence: [...policy, ...order.evidence],
  }
  const description = `${claim.tag}: ${reason}`
  return [
    { kind: 'audit', entry },
    {
      kind: 'create-deployment',
      claim,
      sha: approval.sha,
      artifact: artifactOf(line.deployments, approval.sha),
      type: environment.type,
      description,
      approval,
    },
  ]
}

/** Policy's own order: nobody asked. */
export function byPolicy(environment: Environment): DeployOrder {
  const nobody = { wish: null, as: 'promotion', retries: null, actor: null, evidence: [] } as const
  return { ...nobody, environment, action: 'deploy', reason: 'by policy' }
}
