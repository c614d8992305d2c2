import type { Account } from '../model/account.ts'
import type { People } from '../model/config-schema.ts'
import type { PromotionAnswer } from '../model/promotion.ts'
import type { PromotionFacts } from './promotion-facts.ts'

/** Is the person who asks one of the environment's promoters? A membership that can't be read never says yes. */
export function promoterAllowed({ environment, line, by }: PromotionFacts): PromotionAnswer {
  if (by === null) return { kind: 'passes' }
  const promoters = environment.promoters ?? 'nobody'
  if (by.kind === 'user') {
    const unread = isListed(promoters, by, line)
    if (unread === true) return { kind: 'passes' }
    if (unread !== false) return { kind: 'waits', reason: unread }
  }
  const shown = typeof promoters === 'string' ? promoters : promoters.join(', ')
  return {
    kind: 'denies',
    reason: { kind: 'not-promoter', login: by.login, environment: environment.name, promoters: shown },
  }
}

type Unread = { readonly kind: 'promoters-unreadable'; readonly team: string; readonly cause: string }

function isListed(people: People, by: Account, line: PromotionFacts['line']): boolean | Unread {
  if (people === 'nobody') return false
  if (people === 'write-access') {
    if (line.writers.kind === 'found') return line.writers.value.includes(by.id)
    return { kind: 'promoters-unreadable', team: people, cause: causeOf(line.writers) }
  }
  let unread: Unread | null = null
  for (const entry of people) {
    if (!entry.startsWith('@')) {
      if (entry.toLowerCase() === by.login.toLowerCase()) return true
      continue
    }
    const members = line.members.get(entry)
    if (members?.kind === 'found' && members.value.includes(by.id)) return true
    if (members?.kind !== 'found') unread = { kind: 'promoters-unreadable', team: entry, cause: causeOf(members) }
  }
  return unread ?? false
}

function causeOf(lookup: { readonly kind: string; readonly cause?: string } | undefined): string {
  if (lookup?.kind === 'absent') return 'GitHub knows no such team'
  return lookup?.cause ?? 'its members were not read'
}
