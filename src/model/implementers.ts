import { type Account, parseNoreply, type Signature } from './account.ts'
import { type Comparison, type Comparisons, comparisonKey } from './comparison.ts'
import type { Commit } from './pull.ts'
import type { Implementer } from './verdict.ts'

/** The account behind `GitHub <noreply@github.com>`, the committer of what is made on the web: nobody wrote anything as it. */
const webFlow = { id: 19_864_447, email: 'noreply@github.com' } as const

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
  const found: Implementer[] = author === null ? [] : [{ account: author, as: 'author', sha: null }]
  const unknown: { readonly sha: string; readonly email: string }[] = []
  for (const { sha, author: wrote, committer, coAuthors } of commits) {
    const signers = [
      { as: 'commit-author' as const, by: wrote },
      // Anybody can sign as GitHub: that is believed of a committer, whose author is there beside it, never of an author.
      ...(committer === null || isWebFlow(committer) ? [] : [{ as: 'committer' as const, by: committer }]),
    ]
    for (const { as, by } of signers) {
      const account = accountOf(by)
      if (isWebFlow(by)) unknown.push({ sha, email: webFlow.email })
      else if (account !== null) found.push({ account, as, sha })
      else if (by.kind === 'stranger') unknown.push({ sha, email: by.email })
    }
    for (const coAuthor of coAuthors) {
      const account = accountOf(coAuthor)
      if (account !== null) found.push({ account, as: 'co-author', sha })
    }
  }
  if (author?.kind === 'bot') for (const account of assignees) found.push({ account, as: 'assignee-of-bot', sha: null })
  for (const account of pushers) found.push({ account, as: 'pusher', sha: null })
  return {
    known: distinct(found, (one) => `${one.account.id}`),
    unknown: distinct(unknown, (one) => `${one.sha} ${one.email}`),
  }
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

function distinct<T>(values: readonly T[], identity: (value: T) => string): readonly T[] {
  const seen = new Map<string, T>()
  for (const value of values) if (!seen.has(identity(value))) seen.set(identity(value), value)
  return [...seen.values()]
}
