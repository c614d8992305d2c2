/** A pull request of the past, as far as Jira's panel shows it. */
export type PastPull = {
  readonly number: number
  readonly title: string
  readonly url: string
  readonly status: 'OPEN' | 'MERGED' | 'DECLINED'
  readonly author: string
  readonly branch: string
  readonly base: string
  /** ms, UTC */
  readonly updatedAt: number
}

/** One page, last updated first; `next` leads to the one after it. */
export type PastPulls = { readonly pulls: readonly PastPull[]; readonly next: string | null; readonly total: number }
