import type { CheckShown } from './check.ts'
import type { Bump } from './config-schema.ts'
import type { LineNotice } from './line-notice.ts'

/** Where a line stands, for the pull requests that go into it: kept by the line's pass, read by theirs. */
export type LineStanding = {
  /**
   * `new`: no merge was judged yet. `unjudged`: nothing reported on the merges of this line, and it is too late for it,
   * so nothing says whether it works.
   */
  readonly health: { readonly kind: 'green' | 'new' | 'unjudged' } | RedLine
  /** The highest version tag on the line. */
  readonly current: string | null
  readonly next: NextVersions
  /** What concerns the whole line, for people. */
  readonly notices: readonly LineNotice[]
}

/** The newest merge whose checks came to an end failed them. */
export type RedLine = {
  readonly kind: 'red'
  /** The last version before the first merge that failed; null when there is none. */
  readonly since: string | null
  readonly sha: string
  readonly pull: { readonly number: number; readonly url: string } | null
  readonly checks: readonly CheckShown[]
}

/** Which version a merge made now would become, by its own bump, once what was merged before it is released. */
export type NextVersions =
  | { readonly kind: 'versions'; readonly patch: string; readonly minor: string; readonly major: string }
  | { readonly kind: 'none'; readonly because: 'not-configured' | 'other-shape' | 'cut' }

/** The tag for a change with this bump; null where it would get none of its own. */
export function nextTag({ next }: Pick<LineStanding, 'next'>, bump: Bump): string | null {
  return next.kind === 'none' || bump === 'none' ? null : next[bump]
}

/** Equal texts for equal standings, in whatever order their keys were kept. */
export function standingText(standing: LineStanding): string {
  return JSON.stringify(standing, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
