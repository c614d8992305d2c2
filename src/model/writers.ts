import type { Account } from './account.ts'
import { type Comparison, type Comparisons, comparisonKey } from './comparison.ts'
import { cleanMerges, comparisonOfMerge, type Implementer, type Implementers, implementersOf } from './implementers.ts'
import type { Commit } from './pull.ts'
import { type Push, pushersOf } from './push.ts'

/** All that says who wrote a change. */
export type Authorship = {
  readonly author: Account | null
  readonly assignees: readonly Account[]
  readonly commits: readonly Commit[]
  /** Pushes to its branch, as far as they were read. */
  readonly pushes: readonly Push[]
  readonly comparisons: Comparisons
}

/** Who wrote it, web merges that brought nothing left out. */
export function writersOf(authorship: Authorship): Implementers {
  return without(authorship, cleanMerges(authorship.commits, authorship.comparisons))
}

/** Whether an account wrote part of a change; `asks`: only web merges speak for it, and these were not compared yet. */
export type Part =
  | { readonly kind: 'none' }
  | { readonly kind: 'wrote'; readonly as: Implementer['as']; readonly sha: string | null }
  | { readonly kind: 'asks'; readonly comparisons: readonly Comparison[] }
  | { readonly kind: 'unread'; readonly cause: string }

export function partOf(account: Account, authorship: Authorship): Part {
  const own = ({ known }: Implementers) => known.find((one) => one.account.id === account.id)
  const wrote = own(writersOf(authorship))
  if (wrote === undefined) return { kind: 'none' }
  const merges = authorship.commits.flatMap((commit) => {
    const comparison = comparisonOfMerge(commit)
    return comparison === null ? [] : [{ sha: commit.sha, comparison }]
  })
  const answers = merges.map((merge) => ({
    ...merge,
    answer: authorship.comparisons.get(comparisonKey(merge.comparison)),
  }))
  // A merge that is known to have brought something is as good as any other commit.
  const open = answers.filter(({ answer }) => answer?.kind !== 'found' || answer.value)
  const still = own(without(authorship, new Set(open.map(({ sha }) => sha))))
  if (still !== undefined) return { kind: 'wrote', as: still.as, sha: still.sha }
  const unread = open.flatMap(({ answer }) => (answer?.kind === 'unknown' ? [answer.cause] : []))
  if (unread[0] !== undefined) return { kind: 'unread', cause: unread[0] }
  const asks = open.filter(({ answer }) => answer === undefined).map(({ comparison }) => comparison)
  return asks.length > 0 ? { kind: 'asks', comparisons: asks } : { kind: 'wrote', as: wrote.as, sha: wrote.sha }
}

function without({ author, assignees, commits, pushes }: Authorship, merges: ReadonlySet<string>): Implementers {
  const shas = new Set(commits.map((commit) => commit.sha))
  return implementersOf({
    author,
    assignees,
    commits: commits.filter((commit) => !merges.has(commit.sha)),
    pushers: pushersOf(pushes, { shas, clean: merges }),
  })
}
