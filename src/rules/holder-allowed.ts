import type { Account } from '../model/account.ts'
import type { PromotionAnswer } from '../model/promotion.ts'
import { knownUpTo, shippedBy } from '../model/shipped.ts'
import { isListed, shownPeople } from './is-listed.ts'
import { partIn, unreadIn } from './promoter-is-no-implementer.ts'
import type { PromotionFacts } from './promotion-facts.ts'

/**
 * May this person let a held environment go on: a promoter who wrote none of what would go there next? Where an automatic
 * environment names no promoters, everybody who may write is one. As long as nobody knows what they pushed, nobody knows
 * what they wrote.
 */
export function holderAllowed(
  facts: Pick<PromotionFacts, 'config' | 'line' | 'history' | 'environment'> & { readonly by: Account },
): PromotionAnswer {
  const { environment, line, by } = facts
  const shipped = environment['separation-of-duties'] ? nextOf(facts) : []
  const own = partIn(shipped, facts, by)
  if (own !== null) return own
  const promoters = environment.promoters ?? 'write-access'
  const listed = isListed(promoters, by, line)
  if (listed === true) return unreadIn(shipped, facts, by) ?? { kind: 'passes' }
  if (listed !== false) return { kind: listed.kind === 'other-account' ? 'denies' : 'waits', reason: listed }
  const named = { login: by.login, environment: environment.name, promoters: shownPeople(promoters) }
  return { kind: 'denies', reason: { kind: 'not-promoter', ...named } }
}

/** What the newest version would bring there. */
function nextOf({ environment, history, line }: Pick<PromotionFacts, 'line' | 'history' | 'environment'>) {
  const version = history.versions.at(-1)
  if (version === undefined) return []
  return (
    shippedBy({ history, deployments: line.deployments, environment: environment.name, version }) ??
    knownUpTo(history, version)
  )
}
