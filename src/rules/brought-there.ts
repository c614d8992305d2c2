import { decidedOf } from '../model/decision.ts'
import type { Version } from '../model/history.ts'
import { knownUpTo, shippedBy } from '../model/shipped.ts'
import type { PromotionFacts } from './promotion-facts.ts'

/**
 * All that this promotion would bring there, as the rules judge it. Null: it reaches further back than the line was read,
 * and nobody answered for that; once somebody accepted the version, what was read is judged.
 */
export function broughtThere(facts: PromotionFacts): readonly Version[] | null {
  const { environment, history, line, version } = facts
  const shipped = shippedBy({ history, deployments: line.deployments, environment: environment.name, version })
  if (shipped !== null) return shipped
  const accepted = decidedOf(line.decisions, 'accept', version.sha)
  return accepted.some(({ what }) => what.environment === environment.name) ? knownUpTo(history, version) : null
}
