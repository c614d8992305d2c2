import type { ReportedPull } from './report.ts'

/** A pull request of the past, as far as Jira's panel shows it; who reviewed it is not read. */
export type PastPull = Omit<ReportedPull, 'reviewers'>

/** One page, last updated first; `next` leads to the one after it. */
export type PastPulls = { readonly pulls: readonly PastPull[]; readonly next: string | null; readonly total: number }
