import type { Decision } from './decision.ts'
import { type Deployment, hasSucceeded, versionClaim } from './deployment.ts'

/** A rollback that succeeded, seen from what it took away. */
export type Withdrawal = {
  readonly by: Decision['by']
  readonly reason: string
  /** The deployment that brought an older version back. */
  readonly restored: Deployment
  /** When that succeeded (ms, UTC). */
  readonly at: number
}

/** The rollback by which a deployment's version was taken away, if any. `deployments` newest first. */
export function withdrawalOf(
  { decisions, deployments }: { readonly decisions: readonly Decision[]; readonly deployments: readonly Deployment[] },
  deployment: Deployment,
): Withdrawal | null {
  const rejections = decisions.filter(({ what }) => {
    return what.kind === 'reject' && what.environment === deployment.environment && what.sha === deployment.sha
  })
  if (rejections.length === 0 || !hasSucceeded(deployment)) return null
  const newer = deployments.slice(0, deployments.indexOf(deployment))
  if (newer.some((one) => isAgain(one, deployment))) return null
  for (const { what, wish, by } of rejections.toReversed()) {
    if (what.kind !== 'reject') continue
    const restored = newer.find((one) => {
      const claim = versionClaim(one)
      return claim !== null && claim.as === 'rollback' && claim.wish === wish && hasSucceeded(one)
    })
    const at = restored?.statuses.find((status) => status.state === 'success')?.at
    if (restored !== undefined && at !== undefined) return { by, reason: what.reason, restored, at }
  }
  return null
}

function isAgain(one: Deployment, other: Deployment): boolean {
  return one.environment === other.environment && one.sha === other.sha && hasSucceeded(one)
}
