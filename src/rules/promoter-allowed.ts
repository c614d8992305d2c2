import type { PromotionAnswer } from '../model/promotion.ts'
import { isListed, shownPeople } from './is-listed.ts'
import type { PromotionFacts } from './promotion-facts.ts'

/**
 * Is the person who asks one of the environment's promoters, or in an emergency one of those who may then? A membership
 * that can't be read never says yes.
 */
export function promoterAllowed({
  environment,
  line,
  by,
  emergency,
}: Pick<PromotionFacts, 'environment' | 'by' | 'emergency'> & {
  readonly line: Pick<PromotionFacts['line'], 'members' | 'writers'>
}): PromotionAnswer {
  if (by === null) return { kind: 'passes' }
  const people = emergency === null ? (environment.promoters ?? 'nobody') : environment.emergency
  const listed = isListed(people, by, line)
  if (listed === true) return { kind: 'passes' }
  if (listed !== false) return { kind: listed.kind === 'other-account' ? 'denies' : 'waits', reason: listed }
  const named = { login: by.login, environment: environment.name, promoters: shownPeople(people) }
  return { kind: 'denies', reason: { kind: emergency === null ? 'not-promoter' : 'not-emergency', ...named } }
}
