import type { Account } from '../model/account.ts'
import type { LineFacts } from '../model/line.ts'
import type { PromotionAnswer } from '../model/promotion.ts'

/** May this person push to the repository? An answer that could not be had never says yes. */
export function mayWrite({ writers }: Pick<LineFacts, 'writers'>, by: Account): PromotionAnswer {
  if (writers.kind !== 'found') {
    const cause = writers.kind === 'unknown' ? writers.cause : 'GitHub gave no list'
    return { kind: 'waits', reason: { kind: 'promoters-unreadable', team: 'write-access', cause } }
  }
  if (writers.value.includes(by.id)) return { kind: 'passes' }
  return { kind: 'denies', reason: { kind: 'not-writer', login: by.login } }
}
