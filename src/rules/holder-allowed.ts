import type { Account } from '../model/account.ts'
import type { PromotionAnswer } from '../model/promotion.ts'
import { isListed, shownPeople } from './is-listed.ts'
import { promoterIsNoImplementer } from './promoter-is-no-implementer.ts'
import type { PromotionFacts } from './promotion-facts.ts'

/**
 * May this person let a held environment go on: a promoter who wrote none of what would go there next? Where an automatic
 * environment names no promoters, everybody who may write is one.
 */
export function holderAllowed(
  facts: Pick<PromotionFacts, 'config' | 'line' | 'history' | 'environment'> & { readonly by: Account },
): PromotionAnswer {
  const { environment, history, line, by } = facts
  const newest = history.versions.at(-1)
  if (newest !== undefined) {
    const own = promoterIsNoImplementer({ ...facts, version: newest, emergency: null })
    if (own.kind === 'denies' && own.reason.kind === 'implementer') return own
  }
  const promoters = environment.promoters ?? 'write-access'
  const listed = isListed(promoters, by, line)
  if (listed === true) return { kind: 'passes' }
  if (listed !== false) return { kind: listed.kind === 'other-account' ? 'denies' : 'waits', reason: listed }
  const named = { login: by.login, environment: environment.name, promoters: shownPeople(promoters) }
  return { kind: 'denies', reason: { kind: 'not-promoter', ...named } }
}
