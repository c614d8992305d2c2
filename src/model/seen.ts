import type { Ref } from './ref.ts'

/**
 * What GitHub shows of a subject at a glance: as long as that stays the same, nothing came to it. GitHub works out
 * conflicts when it is asked, so `mergeable` is compared only where it is known.
 */
export type Seen = { readonly state: string; readonly mergeable: 'clean' | 'conflict' | 'unknown' }

/** A subject as a sweep finds it. `seen` is null where a glance can't tell whether anything came. */
export type Listed = { readonly ref: Ref; readonly seen: Seen | null }

/** What a sweep finds in a repository. `branches`: all that are there, those of pull requests too. Both are empty where nothing is configured. */
export type Listing = { readonly subjects: readonly Listed[]; readonly branches: readonly string[] }

/** What the last pass that came to its end had seen. `elsewhere`: its answer hangs on what GitHub does not show there. */
export type Kept = Seen & { readonly elsewhere: boolean }

/** Whether a subject has to be looked at. */
export function isNews(seen: Seen | null, kept: Kept | null): boolean {
  if (seen === null || kept === null || kept.elsewhere || seen.state !== kept.state) return true
  return seen.mergeable !== 'unknown' && seen.mergeable !== kept.mergeable
}
