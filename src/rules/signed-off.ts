import type { Account } from '../model/account.ts'
import { decidedOf } from '../model/decision.ts'
import type { PromotionAnswer } from '../model/promotion.ts'
import { shownPeople } from './is-listed.ts'
import { promoterAllowed } from './promoter-allowed.ts'
import { promoterIsNoImplementer } from './promoter-is-no-implementer.ts'
import type { PromotionFacts } from './promotion-facts.ts'

/** Do enough promoters agree? The one who asks is one of them; a person counts once, and only by today's rules. */
export function signedOff(facts: PromotionFacts): PromotionAnswer {
  const { environment, version, by } = facts
  const wanted = environment['sign-offs']
  if (by === null || wanted <= 1) return { kind: 'passes' }
  const answers = signersOf(facts).map((signer) => ({ signer, answer: mayPromote({ ...facts, by: signer }) }))
  const given = [by.login, ...answers.flatMap(({ signer, answer }) => (answer.kind === 'passes' ? [signer.login] : []))]
  if (given.length >= wanted) return { kind: 'passes' }
  const unread = answers.flatMap(({ answer }) => (answer.kind === 'waits' ? [answer] : []))[0]
  if (unread !== undefined) return unread
  const named = { environment: environment.name, version: version.tag, wanted, given }
  const promoters = shownPeople(environment.promoters ?? 'nobody')
  return { kind: 'waits', reason: { kind: 'sign-offs-missing', ...named, promoters } }
}

/** Who signed off this version for this environment, the asker left out, whether or not it counts today. */
export function signersOf({ environment, line, version, by }: PromotionFacts): readonly Account[] {
  const signers = decidedOf(line.decisions, 'sign-off', version.sha).flatMap((one): readonly Account[] => {
    return one.what.environment === environment.name && one.by !== null ? [{ ...one.by, kind: 'user' }] : []
  })
  return [...new Map(signers.map((one) => [one.id, one])).values()].filter((one) => one.id !== by?.id)
}

/** May this person's word count for the version there: a promoter who wrote none of it? */
export function mayPromote(facts: PromotionFacts): PromotionAnswer {
  const own = promoterIsNoImplementer(facts)
  const allowed = promoterAllowed({ ...facts, emergency: null })
  return own.kind === 'denies' || (own.kind === 'waits' && allowed.kind === 'passes') ? own : allowed
}
