import type { Lookup } from './lookup.ts'

/**
 * A question about two commits: is the change that each makes to `base` the same? Same means equal files with equal
 * hunks and modes, context and white space included, wherever in the files they stand.
 */
export type Comparison = { readonly base: string; readonly before: string; readonly after: string }

/** What was answered so far, by `comparisonKey`. */
export type Comparisons = ReadonlyMap<string, Lookup<boolean>>

export function comparisonKey({ base, before, after }: Comparison): string {
  return `${base} ${before} ${after}`
}
