import { type Deployment, isBranchClaim, isSettled } from './deployment.ts'
import type { History } from './history.ts'

/**
 * Deployments as the rules look at them. Actions makes a record of its own for a job with an environment: where such a
 * record carries out a deployment that Waybill ordered, it speaks for that; elsewhere it counts as a deployment of the
 * version its commit is, whatever ref the run was started on. Newest first, before and after.
 */
export function adopted(deployments: readonly Deployment[], history: History): readonly Deployment[] {
  const taken = new Set<number>()
  const speaking = deployments.map((one) => {
    const record = isOrdered(one) ? recordFor(one, deployments) : null
    if (record === null) return one
    taken.add(record.id)
    return { ...one, statuses: record.statuses, numbered: record.numbered }
  })
  return speaking.filter((one) => !taken.has(one.id)).map((one) => (isRecord(one) ? tagged(one, history) : one))
}

/** Ordered by Waybill, and nobody reported anything on it directly. */
function isOrdered(deployment: Deployment): boolean {
  const { claim, statuses } = deployment
  return claim !== null && !isBranchClaim(claim) && !isSettled(deployment) && statuses.length === 0
}

function isRecord({ creator }: Deployment): boolean {
  return creator?.kind === 'bot' && creator.login === 'github-actions'
}

/** The first record of the same commit and environment that came after the order. */
function recordFor(order: Deployment, deployments: readonly Deployment[]): Deployment | null {
  const later = deployments.filter((one) => {
    return isRecord(one) && one.sha === order.sha && one.environment === order.environment && one.id > order.id
  })
  return later.at(-1) ?? null
}

function tagged(record: Deployment, { versions }: History): Deployment {
  if (record.tag !== null) return record
  return { ...record, tag: versions.find((version) => version.sha === record.sha)?.tag ?? null }
}
