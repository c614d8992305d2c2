import type { CheckShown } from './check.ts'
import type { Reason } from './reason.ts'
import type { UncountedReview } from './uncounted-review.ts'

/** Why a rule is content. Each has one sentence in `words`. */
export type Note =
  | { readonly kind: 'names-issue'; readonly key: string }
  | { readonly kind: 'exempt-branch'; readonly pattern: string; readonly pusher: string }
  | { readonly kind: 'title-names-issue'; readonly key: string }
  /** It undoes a merged change, and carries that change's issue, done or not. */
  | { readonly kind: 'reverts'; readonly pull: number }
  | { readonly kind: 'issue-of-reverted'; readonly pull: number; readonly keys: readonly string[] }
  /** Released by Waybill, which moved it: another pull request for it is none of a stranger. */
  | { readonly kind: 'issue-done-by-waybill'; readonly key: string; readonly status: string }
  /** Its title names the issue, which is enough for what was opened before the configuration came. */
  | { readonly kind: 'opened-before'; readonly key: string }
  | { readonly kind: 'issue-ready'; readonly key: string; readonly summary: string; readonly status: string }
  | {
      readonly kind: 'issue-verified-before'
      readonly key: string
      readonly at: number
      readonly since: number | null
      readonly cause: string
    }
  | { readonly kind: 'issue-not-looked-up'; readonly key: string }
  | { readonly kind: 'no-issue-needed' }
  /** No key is known; the rule about the name says so. */
  | { readonly kind: 'no-issue-named' }
  | {
      readonly kind: 'approved-by'
      readonly by: readonly string[]
      /** Approvals that don't count, and change requests of people who may not write. */
      readonly ignored: readonly UncountedReview[]
      /** Commits of nobody known, let through by `unknown-authors: ignore`. */
      readonly unknown: readonly { readonly sha: string; readonly email: string }[]
    }
  | { readonly kind: 'no-approval-needed'; readonly ignored: readonly UncountedReview[] }
  | { readonly kind: 'checks-green'; readonly names: readonly string[]; readonly notRequired: readonly CheckShown[] }
  | { readonly kind: 'no-checks-needed' }
  | { readonly kind: 'policy-owner-approved'; readonly by: readonly string[] }
  | { readonly kind: 'not-draft' }
  /** Somebody let it pass for this commit, whatever it lacks. */
  | { readonly kind: 'overridden'; readonly lacks: Reason; readonly by: string; readonly said: string }
  | { readonly kind: 'no-conflict'; readonly base: string }
  | { readonly kind: 'no-line'; readonly branch: string }
  /** Something else is missing: the line is looked at last. */
  | { readonly kind: 'line-not-asked' }
  | { readonly kind: 'line-green'; readonly branch: string; readonly judged: boolean }
  | { readonly kind: 'line-unjudged'; readonly branch: string }
  | { readonly kind: 'repairs-line'; readonly branch: string; readonly since: string | null }
  | {
      readonly kind: 'line-red'
      readonly branch: string
      readonly since: string | null
      readonly checks: readonly CheckShown[]
    }
