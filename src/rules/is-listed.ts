import type { Account } from '../model/account.ts'
import type { People } from '../model/config-schema.ts'
import type { LineFacts } from '../model/line.ts'
import { isLogin } from '../model/named-logins.ts'

/** A membership that could not be read; it never says yes. */
export type Unread = { readonly kind: 'promoters-unreadable'; readonly team: string; readonly cause: string }

/** Somebody who has a login that the configuration means for another account, or meant for none. */
export type OtherAccount = { readonly kind: 'other-account'; readonly login: string }

/** Is this person one of `people`? Bots never are; of a user it is the id that counts, whatever they are called now. */
export function isListed(
  people: People,
  by: Account,
  line: Pick<LineFacts, 'members' | 'writers'>,
): boolean | Unread | OtherAccount {
  if (people === 'nobody' || by.kind !== 'user') return false
  if (people === 'write-access') {
    if (line.writers.kind === 'found') return line.writers.value.includes(by.id)
    return { kind: 'promoters-unreadable', team: people, cause: causeOf(line.writers) }
  }
  let unread: Unread | null = null
  let other: OtherAccount | null = null
  for (const entry of people) {
    const named = line.members.get(isLogin(entry) ? entry.toLowerCase() : entry)
    if (named?.kind === 'found' && named.value.includes(by.id)) return true
    const isAsker = entry.toLowerCase() === by.login.toLowerCase()
    const isRead = named?.kind === 'found' || (named?.kind === 'absent' && isLogin(entry))
    if (isRead && isAsker) other = { kind: 'other-account', login: by.login }
    if (!isRead && (isAsker || !isLogin(entry)))
      unread = { kind: 'promoters-unreadable', team: entry, cause: causeOf(named) }
  }
  return unread ?? other ?? false
}

/** People as the configuration names them, for showing. */
export function shownPeople(people: People): string {
  return typeof people === 'string' ? people : people.join(', ')
}

function causeOf(lookup: { readonly kind: string; readonly cause?: string } | undefined): string {
  if (lookup?.kind === 'absent') return 'GitHub knows no such team'
  return lookup?.cause ?? 'its members were not read'
}
