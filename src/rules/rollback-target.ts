import { decidedOf } from '../model/decision.ts'
import { type Deployment, hasSucceeded, versionClaim } from '../model/deployment.ts'
import { deploymentsIn } from '../model/deployments-in.ts'
import { liveIn } from '../model/environments.ts'
import type { PromotionReason } from '../model/promotion.ts'
import { parseVersionTag } from '../model/version.ts'
import type { PromotionFacts } from './promotion-facts.ts'

export type RollbackTarget =
  | {
      readonly kind: 'target'
      /** What is taken away: what is live, or what failed after it. */
      readonly bad: Deployment
      readonly good: { readonly tag: string; readonly sha: string }
    }
  | { readonly kind: 'none'; readonly reason: PromotionReason }

/**
 * The newest version that was live there before the bad one and was not rejected since, or the one asked for, if it was
 * ever live there. A rollback that failed is not the bad one: what it was to take away is.
 */
export function rollbackTarget(what: {
  readonly environment: string
  readonly line: Pick<PromotionFacts['line'], 'deployments' | 'decisions'>
  /** A tag or a version. */
  readonly wanted: string | null
  readonly pattern: string
}): RollbackTarget {
  const { environment, line, wanted, pattern } = what
  const there = deploymentsIn(line.deployments, environment)
  const bad = badOf(there, environment)
  const good = there.slice(bad === null ? 0 : there.indexOf(bad) + 1).flatMap((one) => {
    const named = one.tag !== null && one.sha !== bad?.sha && hasSucceeded(one) && !isRejected(one.sha)
    return named ? [{ tag: one.tag, sha: one.sha }] : []
  })
  if (bad === null || good[0] === undefined) return { kind: 'none', reason: { kind: 'nothing-before', environment } }
  const isWanted = (tag: string | null) => {
    return tag !== null && (tag === wanted || parseVersionTag(tag, pattern) === wanted)
  }
  const chosen = wanted === null ? good[0] : good.find(({ tag }) => isWanted(tag))
  if (chosen !== undefined) return { kind: 'target', bad, good: chosen }
  return { kind: 'none', reason: { kind: 'never-good', environment, version: wanted ?? '', isBad: isWanted(bad.tag) } }

  function isRejected(sha: string): boolean {
    return decidedOf(line.decisions, 'reject', sha).length > 0
  }
}

function badOf(there: readonly Deployment[], environment: string): Deployment | null {
  const [newest] = there
  if (newest === undefined) return null
  const failedOnTheWay = !hasSucceeded(newest) && versionClaim(newest)?.as !== 'rollback'
  return failedOnTheWay ? newest : liveIn(there, environment)
}
