import type { Account } from '../model/account.ts'
import type { Version } from '../model/history.ts'
import type { PromotionAnswer } from '../model/promotion.ts'
import { isListed, shownPeople } from './is-listed.ts'
import { partIn, unreadIn } from './promoter-is-no-implementer.ts'
import type { PromotionFacts } from './promotion-facts.ts'

/**
 * May this person answer for what the gate did not judge: a promoter of the environment who wrote none of the version?
 * As long as nobody knows what they pushed, nobody knows that.
 */
export function acceptorAllowed(
  facts: Pick<PromotionFacts, 'line' | 'environment'> & { readonly version: Version; readonly by: Account },
): PromotionAnswer {
  const { environment, line, version, by } = facts
  const isSeparate = environment['separation-of-duties']
  const own = isSeparate ? partIn([version], facts, by) : null
  if (own !== null) return own
  const promoters = environment.promoters ?? 'write-access'
  const listed = isListed(promoters, by, line)
  if (listed === true) return (isSeparate ? unreadIn([version], facts, by) : null) ?? { kind: 'passes' }
  if (listed !== false) return { kind: listed.kind === 'other-account' ? 'denies' : 'waits', reason: listed }
  const named = { login: by.login, environment: environment.name, promoters: shownPeople(promoters) }
  return { kind: 'denies', reason: { kind: 'not-promoter', ...named } }
}
