import type { Account } from '../model/account.ts'
import { authorshipOf } from '../model/change-authorship.ts'
import { decidedOf } from '../model/decision.ts'
import type { Version } from '../model/history.ts'
import type { PromotionAnswer } from '../model/promotion.ts'
import { partOf, writersOf } from '../model/writers.ts'
import { broughtThere } from './brought-there.ts'
import type { PromotionFacts } from './promotion-facts.ts'

/**
 * Did somebody else write everything this promotion ships? All versions between what is live and the target count, and
 * a commit whose author nobody knows counts as the asker's own: unknown fails closed.
 */
export function promoterIsNoImplementer(facts: PromotionFacts): PromotionAnswer {
  const { environment, version, by } = facts
  if (by === null || !environment['separation-of-duties']) return { kind: 'passes' }
  const shipped = broughtThere(facts)
  if (shipped === null) return { kind: 'denies', reason: { kind: 'history-unknown', version: version.tag } }
  return partIn(shipped, facts, by) ?? strangersIn(shipped, facts) ?? unreadIn(shipped, facts, by) ?? { kind: 'passes' }
}

/** The first part of these versions that this person is known to have written. */
export function partIn(
  shipped: readonly Version[],
  { line }: Pick<PromotionFacts, 'line'>,
  by: Account,
): Extract<PromotionAnswer, { kind: 'denies' }> | null {
  for (const { tag, changes } of shipped) {
    for (const change of changes) {
      const part = partOf(by, authorshipOf(change, line))
      if (part.kind !== 'wrote') continue
      const reason = { kind: 'implementer', login: by.login, version: tag, as: part.as, sha: part.sha } as const
      return { kind: 'denies', reason }
    }
  }
  return null
}

/** Where GitHub keeps no list of pushes (absent), nobody can tell; a list that was not read says nothing yet. */
export function unreadIn(
  shipped: readonly Version[],
  { line }: Pick<PromotionFacts, 'line'>,
  by: Account,
): Extract<PromotionAnswer, { kind: 'waits' }> | null {
  const pushes = line.pushes.get(by.id)
  if (pushes === undefined) return waits(by, 'it was not read yet')
  if (pushes.kind === 'unknown') return waits(by, pushes.cause)
  const parts = shipped.flatMap(({ changes }) => changes.map((change) => partOf(by, authorshipOf(change, line))))
  const unread = parts.find((part) => part.kind === 'unread')
  if (unread !== undefined) return waits(by, unread.cause)
  return parts.some((part) => part.kind === 'asks') ? waits(by, 'a merge made on the web was not compared yet') : null
}

function strangersIn(shipped: readonly Version[], facts: PromotionFacts): PromotionAnswer | null {
  for (const version of shipped) {
    const strangers = version.changes.flatMap((change) => writersOf(authorshipOf(change, facts.line)).unknown)
    if (strangers.length > 0 && !isAccepted(facts, version)) {
      return { kind: 'denies', reason: { kind: 'author-unknown', version: version.tag, commits: strangers } }
    }
  }
  return null
}

function waits({ login }: Account, cause: string): Extract<PromotionAnswer, { kind: 'waits' }> {
  return { kind: 'waits', reason: { kind: 'part-unreadable', login, cause } }
}

function isAccepted({ line, environment }: PromotionFacts, version: Version): boolean {
  return decidedOf(line.decisions, 'accept', version.sha).some(({ what }) => what.environment === environment.name)
}
