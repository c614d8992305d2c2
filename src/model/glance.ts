import { fingerprint } from './fingerprint.ts'
import type { PullRequest } from './pull.ts'
import type { Seen } from './seen.ts'

/** One check run or status: `word` is GitHub's own for its state. */
export type CheckGlance = {
  readonly kind: 'run' | 'status'
  readonly id: number
  readonly name: string
  readonly word: string
}

export type PullGlance = Pick<
  PullRequest,
  'headSha' | 'base' | 'draft' | 'mergeable' | 'reviewDecision' | 'updatedAt'
> & {
  readonly checks: readonly CheckGlance[]
  readonly suites: readonly { readonly id: number; readonly finished: boolean }[]
  /** The files that judge it. */
  readonly files: string
}

/** GitHub renews `updatedAt` with titles, labels, reviews and comments, and not with checks or conflicts. */
export function seenOfPull(pull: PullGlance): Seen {
  const { headSha, base, draft, mergeable, reviewDecision, updatedAt, files } = pull
  const suites = pull.suites.map(({ id, finished }) => `${id}:${finished}`).toSorted()
  const state = JSON.stringify([headSha, base, draft, reviewDecision, updatedAt, files, wordsOf(pull.checks), suites])
  return { state: fingerprint(state), mergeable }
}

export type BranchGlance = {
  readonly sha: string
  readonly checks: readonly CheckGlance[]
  readonly files: string
}

export function seenOfBranch({ sha, checks, files }: BranchGlance): Seen {
  return { state: fingerprint(JSON.stringify([sha, files, wordsOf(checks)])), mergeable: 'unknown' }
}

export type LineGlance = {
  readonly branch: string
  readonly headSha: string
  /** What reported on its tip. */
  readonly checks: readonly CheckGlance[]
  /** The files that judge it. */
  readonly files: string
  /** The newest tags, releases and deployments, and how many there are of each, as GitHub words them. */
  readonly made: readonly string[]
  /** The open pull requests of the repository. */
  readonly pulls: readonly number[]
}

export function seenOfLine({ branch, headSha, checks, files, made, pulls }: LineGlance): Seen {
  const state = JSON.stringify([branch, headSha, files, wordsOf(checks), made, pulls.toSorted((a, b) => a - b)])
  return { state: fingerprint(state), mergeable: 'unknown' }
}

function wordsOf(checks: readonly CheckGlance[]): readonly string[] {
  return checks.map(({ kind, id, name, word }) => `${kind}:${id}:${name}:${word}`).toSorted()
}
