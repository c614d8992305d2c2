import type { PromotionAnswer } from '../model/promotion.ts'
import { isListed, shownPeople } from './is-listed.ts'
import type { PromotionFacts } from './promotion-facts.ts'

/** May this person roll back, retry or hold: a promoter of the environment, or anybody who may write? Implementers too. */
export function operatorAllowed({
  environment,
  line,
  by,
}: Pick<PromotionFacts, 'environment' | 'by'> & {
  readonly line: Pick<PromotionFacts['line'], 'members' | 'writers'>
}): PromotionAnswer {
  if (by === null) return { kind: 'passes' }
  const promoters = environment.promoters ?? 'nobody'
  const promotes = isListed(promoters, by, line)
  const writes = promotes === true ? true : isListed('write-access', by, line)
  if (promotes === true || writes === true) return { kind: 'passes' }
  for (const one of [promotes, writes]) {
    if (typeof one !== 'boolean' && one.kind !== 'other-account') return { kind: 'waits', reason: one }
  }
  if (promotes !== false) return { kind: 'denies', reason: promotes }
  const named = { login: by.login, environment: environment.name, promoters: shownPeople(promoters) }
  return { kind: 'denies', reason: { kind: 'not-operator', ...named } }
}
