import { type Account, parseNoreply, type Signature } from './account.ts'
import { type Comparison, type Comparisons, comparisonKey } from './comparison.ts'
import type { Commit } from './pull.ts'

/** The account behind `GitHub <noreply@github.com>`, the committer of what is made on the web: nobody wrote anything as it. */
const webFlow = { id: 19_864_447, email: 'noreply@github.com' } as const

/** Somebody who wrote part of a change, and by what. Nobody signs off their own change. */
export type Implementer = {
  readonly account: Account
  readonly as: 'author' | 'commit-author' | 'committer' | 'co-author' | 'assignee-of-bot' | 'pusher'
  readonly sha: string | null
}

export type Implementers = {
  /** One per account, in the first role found. */
  readonly known: readonly Implementer[]
  /** Commits whose author or committer belongs to no account. */
  readonly unknown: readonly { readonly sha: string; readonly email: string }[]
}

/**
 * Who wrote a change: its author, the authors, committers and co-authors of its commits, whoever pushed it, and whoever
 * is assigned to a bot's pull request (they started it, or answer for it). A co-author without an account is not counted (a tool, a former colleague); an author or a
 * committer without one is unknown, and unknown fails closed.
 */
export function implementersOf(change: {
  readonly author: Account | null
  readonly assignees: readonly Account[]
  readonly commits: readonly Commit[]
  readonly pushers?: readonly Account[]
}): Implementers {
  const { author, assignees, commits, pushers = [] } = change
  const known = new Map<number, Implementer>()
  const unknown = new Map<string, { readonly sha: string; readonly email: string }>()
  const add = (account: Account, as: Implementer['as'], sha: string | null) => {
    if (!known.has(account.id)) known.set(account.id, { account, as, sha })
  }
  const sign = (by: Signature, as: Implementer['as'], sha: string) => {
    const account = isWebFlow(by) ? null : accountOf(by)
    if (account !== null) return add(account, as, sha)
    const email = by.kind === 'account' ? webFlow.email : by.email
    unknown.set(`${sha} ${email}`, { sha, email })
  }
  if (author !== null) add(author, 'author', null)
  for (const { sha, author: wrote, committer, coAuthors } of commits) {
    sign(wrote, 'commit-author', sha)
    // Anybody can sign as GitHub: that is believed of a committer, whose author is there beside it, never of an author.
    if (committer !== null && !isWebFlow(committer)) sign(committer, 'committer', sha)
    for (const coAuthor of coAuthors) {
      const account = accountOf(coAuthor)
      if (account !== null) add(account, 'co-author', sha)
    }
  }
  if (author?.kind === 'bot') for (const account of assignees) add(account, 'assignee-of-bot', null)
  for (const account of pushers) add(account, 'pusher', null)
  return { known: [...known.values()], unknown: [...unknown.values()] }
}

/**
 * The question whether a merge that GitHub made on the web ("update branch") brought anything of its own; null for every
 * other commit. It did not where the branch's change against what was merged in is the same before and after.
 */
export function comparisonOfMerge({ sha, committer, parents }: Commit): Comparison | null {
  const [before, base, more] = parents
  if (before === undefined || base === undefined || more !== undefined) return null
  return committer === null ? { base, before, after: sha } : null
}

/** The web merges that are known to have brought nothing: whoever clicked them wrote no part of the change. */
export function cleanMerges(commits: readonly Commit[], comparisons: Comparisons): ReadonlySet<string> {
  const clean = commits.filter((commit) => {
    const comparison = comparisonOfMerge(commit)
    const answer = comparison === null ? undefined : comparisons.get(comparisonKey(comparison))
    return answer?.kind === 'found' && answer.value
  })
  return new Set(clean.map((commit) => commit.sha))
}

function accountOf(signature: Signature): Account | null {
  return signature.kind === 'account' ? signature.account : parseNoreply(signature.email)
}

function isWebFlow(signature: Signature): boolean {
  return signature.kind === 'account'
    ? signature.account.id === webFlow.id
    : signature.email.toLowerCase() === webFlow.email
}
