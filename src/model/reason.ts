import type { CheckShown } from './check.ts'
import type { Silence } from './silence.ts'
import type { UncountedReview } from './uncounted-review.ts'

/** Why a rule is not content. Each has one cause, one person and one next step in `words`. */
export type Reason =
  | {
      readonly kind: 'branch-without-key'
      readonly branch: string
      readonly patterns: readonly string[]
      readonly proposal: string | null
      readonly onPull: boolean
      readonly isFork: boolean
    }
  | {
      readonly kind: 'branch-off-pattern'
      readonly branch: string
      readonly patterns: readonly string[]
      readonly proposal: string | null
      readonly onPull: boolean
      readonly isFork: boolean
    }
  | {
      readonly kind: 'foreign-project'
      readonly keys: readonly string[]
      readonly projects: readonly string[]
      readonly onPull: boolean
      readonly isFork: boolean
    }
  | { readonly kind: 'several-issues'; readonly keys: readonly string[] }
  | { readonly kind: 'issue-not-found'; readonly key: string }
  | { readonly kind: 'issue-done'; readonly key: string; readonly status: string }
  | {
      readonly kind: 'issue-status-not-allowed'
      readonly key: string
      readonly status: string
      readonly allowed: readonly string[]
    }
  | { readonly kind: 'issue-moved'; readonly key: string; readonly newKey: string }
  | { readonly kind: 'issue-unreadable'; readonly key: string; readonly since: number | null; readonly cause: string }
  | { readonly kind: 'revert-unreadable'; readonly pull: number; readonly cause: string }
  | {
      readonly kind: 'approvals-missing'
      readonly wanted: number
      readonly given: readonly string[]
      readonly approvers: string
      readonly uncounted: readonly UncountedReview[]
      /** Of the approvers, those whom GitHub does not know. */
      readonly nobody: readonly string[]
      /** False: so few of them are left who wrote no part of it that it never can be. */
      readonly canBe: boolean
    }
  | { readonly kind: 'changes-requested'; readonly by: readonly string[] }
  | { readonly kind: 'author-unknown'; readonly commits: readonly { readonly sha: string; readonly email: string }[] }
  | { readonly kind: 'reviews-unreadable'; readonly cause: string }
  | { readonly kind: 'commits-unreadable'; readonly cause: string }
  /** More commits, or more authors of one, than can be listed: reading again brings no more. */
  | { readonly kind: 'commits-unlisted' }
  | { readonly kind: 'team-unreadable'; readonly team: string; readonly cause: string }
  | { readonly kind: 'nothing-reported'; readonly silence: Silence }
  | { readonly kind: 'checks-settling'; readonly until: number }
  | {
      readonly kind: 'checks-pending'
      readonly checks: readonly CheckShown[]
      /** Wanted, and never reported. */
      readonly missing: readonly string[]
      /** Null while everything that is open runs. */
      readonly silence: Silence | null
    }
  | { readonly kind: 'checks-cancelled'; readonly checks: readonly CheckShown[] }
  | { readonly kind: 'checks-failed'; readonly checks: readonly CheckShown[] }
  | { readonly kind: 'checks-unreadable'; readonly cause: string }
  | { readonly kind: 'required-unreadable'; readonly cause: string }
  | {
      readonly kind: 'policy-owner-missing'
      readonly owners: readonly string[]
      /** Approvals of owners. */
      readonly uncounted: readonly UncountedReview[]
      readonly nobody: readonly string[]
      readonly canBe: boolean
    }
  | { readonly kind: 'draft' }
  | { readonly kind: 'conflict'; readonly base: string }
  | { readonly kind: 'mergeable-unknown' }
  | { readonly kind: 'line-unknown'; readonly branch: string }
  | {
      readonly kind: 'line-red'
      readonly branch: string
      /** The last version before it failed; null when there is none. */
      readonly since: string | null
      readonly pull: { readonly number: number; readonly url: string } | null
      readonly sha: string
      readonly checks: readonly CheckShown[]
    }
