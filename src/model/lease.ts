import type { Environment } from './config-schema.ts'
import { type BranchClaim, type Deployment, hasSucceeded, isBranchClaim, isSettled } from './deployment.ts'
import { durationOf } from './duration.ts'
import type { LineFacts } from './line.ts'

/** A pull request's hold on a rush box. */
export type Lease = {
  /** The one that is there; while the first one is under way, that. */
  readonly deployment: Deployment
  readonly claim: BranchClaim
  /** ms, UTC; null while a branch is still being deployed. */
  readonly until: number | null
}

type Facts = Pick<LineFacts, 'deployments' | 'pulls'>

/**
 * Who has the rush box now. A lease begins with the success of its deployment and ends with its time, when it is given
 * back, when its pull request is closed or merged, and when anything else is deployed there. A newer try of the same
 * pull request that fails leaves it as it was. A pull request that could not be read keeps its lease.
 */
export function leaseOf({ deployments, pulls }: Facts, environment: Environment, now: number): Lease | null {
  const tries = triesOf(deployments, environment.name)
  const [newest] = tries
  if (newest === undefined) return null
  if (!isSettled(newest.deployment)) return { ...newest, until: null }
  const held = tries.find((one) => hasSucceeded(one.deployment))
  const begun = held?.deployment.statuses.findLast((status) => status.state === 'success')
  if (held === undefined || begun === undefined) return null
  const pull = pulls.get(held.claim.pull)
  const gone = pull?.kind === 'absent' || (pull?.kind === 'found' && pull.value.state !== 'open')
  const until = begun.at + durationOf(environment.lease)
  return gone || isInactive(held.deployment) || now >= until ? null : { ...held, until }
}

/** The rush box holds a branch whose lease is over: the line goes back there. */
export function isLeftBehind(facts: Facts, environment: Environment, now: number): boolean {
  const tried = triesOf(facts.deployments, environment.name).length > 0
  return tried && leaseOf(facts, environment, now) === null
}

type Try = { readonly deployment: Deployment; readonly claim: BranchClaim }

/** What the pull request that came last deployed there, one after the other; newest first. */
function triesOf(deployments: readonly Deployment[], environment: string): readonly Try[] {
  const tries: Try[] = []
  for (const deployment of deployments.filter((one) => one.environment === environment)) {
    const { claim } = deployment
    if (!isBranchClaim(claim) || (tries[0] !== undefined && tries[0].claim.pull !== claim.pull)) break
    tries.push({ deployment, claim })
  }
  return tries
}

function isInactive(deployment: Deployment): boolean {
  return deployment.statuses.some((status) => status.state === 'inactive')
}
