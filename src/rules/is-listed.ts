import type { Account } from '../model/account.ts'
import type { People } from '../model/config-schema.ts'
import type { LineFacts } from '../model/line.ts'

/** A membership that could not be read; it never says yes. */
export type Unread = { readonly kind: 'promoters-unreadable'; readonly team: string; readonly cause: string }

/** Is this person one of `people`? Bots never are. */
export function isListed(people: People, by: Account, line: Pick<LineFacts, 'members' | 'writers'>): boolean | Unread {
  if (people === 'nobody' || by.kind !== 'user') return false
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

/** People as the configuration names them, for showing. */
export function shownPeople(people: People): string {
  return typeof people === 'string' ? people : people.join(', ')
}

function causeOf(lookup: { readonly kind: string; readonly cause?: string } | undefined): string {
  if (lookup?.kind === 'absent') return 'GitHub knows no such team'
  return lookup?.cause ?? 'its members were not read'
}
