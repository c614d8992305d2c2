import type { CheckShown } from './check.ts'

/** Something that should have reported did not: why, once it is late. `causes` is empty before `until` (ms, UTC). */
export type Silence = { readonly until: number; readonly causes: readonly SilenceCause[] }

/** What the facts say of a check that does not come, the surest first. */
export type SilenceCause =
  | { readonly kind: 'workflow-awaits-approval' }
  | { readonly kind: 'no-runner'; readonly checks: readonly CheckShown[] }
  | { readonly kind: 'other-name'; readonly missing: string; readonly reported: string }
  /** Nothing is seen of it: its workflow does not run on this event, or a filter leaves the change out. */
  | { readonly kind: 'not-started'; readonly event: 'pull_request' | 'merge_group' | 'push' }
