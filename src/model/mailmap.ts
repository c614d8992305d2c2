import type { Account, Signature } from './account.ts'
import type { Commit } from './pull.ts'

/** E-mails of commits and the e-mails they stand for, in lower case, as git's `.mailmap` says (gitmailmap(5)). */
export type Mailmap = ReadonlyMap<string, string>

/** Lines that are read at most, and characters of a line. */
const mostLines = 20_000
const longestLine = 1000

/** Lines without two e-mails only mend names, which count for nothing here. Later lines win. Never throws. */
export function parseMailmap(text: string): Mailmap {
  const map = new Map<string, string>()
  for (const line of text.split(/\r?\n/, mostLines)) {
    if (line.length > longestLine || line.trimStart().startsWith('#')) continue
    const [proper, old] = [...line.matchAll(/<([^<>\s]+)>/g)].map(([, email = '']) => email.toLowerCase())
    if (proper !== undefined && old !== undefined) map.set(old, proper)
  }
  return map
}

/** The mapped e-mails of authors, committers and co-authors that belong to no account themselves. */
export function emailsToFind(commits: readonly Commit[], mailmap: Mailmap): readonly string[] {
  const emails = commits.flatMap(({ author, committer, coAuthors }) => {
    return [author, ...(committer === null ? [] : [committer]), ...coAuthors].flatMap((one) => {
      return one.kind === 'stranger' ? (mailmap.get(one.email.toLowerCase()) ?? []) : []
    })
  })
  return [...new Set(emails)]
}

/** The commits with everybody known whose mapped e-mail is found. `accounts` is by e-mail, in lower case. */
export function withMailmap(
  commits: readonly Commit[],
  mailmap: Mailmap,
  accounts: ReadonlyMap<string, Account>,
): readonly Commit[] {
  const known = (signature: Signature): Signature => {
    if (signature.kind === 'account') return signature
    const account = accounts.get(mailmap.get(signature.email.toLowerCase()) ?? '')
    return account === undefined ? signature : { kind: 'account', account }
  }
  return commits.map((commit) => ({
    ...commit,
    author: known(commit.author),
    committer: commit.committer === null ? null : known(commit.committer),
    coAuthors: commit.coAuthors.map(known),
  }))
}
