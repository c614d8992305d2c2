import { decidedOf } from '../model/decision.ts'
import { stageBefore } from '../model/environments.ts'
import type { Version } from '../model/history.ts'
import type { PromotionAnswer } from '../model/promotion.ts'
import { unjudgedIn } from '../model/unjudged.ts'
import { broughtThere } from './brought-there.ts'
import type { PromotionFacts } from './promotion-facts.ts'

/**
 * Did everything this would bring pass the gate before it was merged, or was it accepted by somebody since? It may be
 * tried in the first environment all the same, unless that is production.
 */
export function everyChangeWasJudged(facts: PromotionFacts): PromotionAnswer {
  const { config, environment, line, version } = facts
  if (stageBefore(config, environment.name) === null && environment.type !== 'production') return { kind: 'passes' }
  const shipped = broughtThere(facts)
  if (shipped === null) return { kind: 'denies', reason: { kind: 'history-unknown', version: version.tag } }
  const open = shipped.find((one) => unjudgedIn(one).length > 0 && !isAccepted(one))
  if (open === undefined) return { kind: 'passes' }
  return { kind: 'denies', reason: { kind: 'not-judged', version: open.tag, changes: unjudgedIn(open) } }

  function isAccepted({ sha }: Version): boolean {
    return decidedOf(line.decisions, 'accept', sha).some(({ what }) => what.environment === environment.name)
  }
}
