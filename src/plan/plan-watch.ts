import type { AuditEntry } from '../model/audit-entry.ts'
import type { IgnoredStatus } from '../model/counted-deployments.ts'
import type { Deployment } from '../model/deployment.ts'
import type { Effect } from '../model/effect.ts'
import { stagesOf } from '../model/environments.ts'
import type { MovedTag } from '../model/moved-tags.ts'
import type { PromotionReason } from '../model/promotion.ts'
import { brokenRules } from '../rules/judge-promotion.ts'
import type { LineView } from './plan-line.ts'

/** Writes down what happened past Waybill: deployments, statuses and tags of others. */
export function planWatch(view: LineView): readonly Effect[] {
  const { line } = view
  const begun = line.decisions.find(({ what }) => what.kind === 'begin')?.at ?? 0
  const foreign = line.deployments.filter((one) => one.claim === null && one.numbered && one.createdAt >= begun)
  return [
    ...line.moved.map((moved) => ({ kind: 'audit' as const, entry: ofTag(moved) })),
    ...line.ignored
      .filter(({ deployment }) => deployment.numbered)
      .map((one) => ({ kind: 'audit' as const, entry: ofStatus(one) })),
    ...foreign.map((one) => ({ kind: 'audit' as const, entry: ofDeployment(view, one) })),
  ]
}

/** The rules that a deployment made by others breaks; none where its commit is no version. */
function brokenBy({ line, config, history }: LineView, deployment: Deployment): readonly PromotionReason[] {
  const environment = stagesOf(config).find((stage) => stage.name === deployment.environment)
  const version = history.versions.find((one) => one.sha === deployment.sha)
  if (environment === undefined || version === undefined) return []
  const older = line.deployments.slice(line.deployments.indexOf(deployment) + 1)
  const then = { ...line, deployments: older, now: deployment.createdAt }
  return brokenRules({ line: then, config, history, environment, version, by: deployment.creator, emergency: null })
}

const nobody = { action: 'observe', actor: null, version: null, sha: null, environment: null } as const

function ofTag({ tag, made, found }: MovedTag): AuditEntry {
  return {
    ...nobody,
    key: `tag:${tag}:${found ?? 'deleted'}`,
    subject: `tag ${tag}`,
    version: tag,
    sha: made,
    reason: found === null ? 'a released tag was deleted' : 'a released tag was moved',
    evidence: [`made on ${made}`, found === null ? 'not there' : `found on ${found}`],
  }
}

function ofStatus({ deployment, status, because }: IgnoredStatus): AuditEntry {
  const by = status.by === null || status.by === 'waybill' ? null : { id: status.by.id, login: status.by.login }
  return {
    ...nobody,
    key: `status:${deployment.id}:${status.id}`,
    actor: by,
    subject: `deployment ${deployment.id}`,
    version: deployment.tag,
    sha: deployment.sha,
    environment: deployment.environment,
    reason: because === 'late' ? 'a success after it was given up' : 'reported by somebody who may not',
    evidence: [`status ${status.state}`],
  }
}

function ofDeployment(view: LineView, deployment: Deployment): AuditEntry {
  const { id, creator, tag, sha, environment } = deployment
  const known = view.history.versions.some((one) => one.sha === sha)
  const broken = brokenBy(view, deployment).map((reason) => reason.kind)
  return {
    ...nobody,
    key: `foreign:${id}`,
    actor: creator === null ? null : { id: creator.id, login: creator.login },
    subject: `deployment ${id}`,
    version: tag,
    sha,
    environment,
    reason: 'deployed by others',
    evidence: [known ? `breaks ${broken.join(', ') || 'no rule'}` : 'its commit is no version of this line'],
  }
}
