import type { ConfigProblem } from './config-read.ts'
import type { Note } from './note.ts'
import type { Reason } from './reason.ts'

/** The rules of a branch and of a pull request, in the order people read them. */
export type RuleName =
  | 'branch-names-issue'
  | 'issue-is-ready'
  | 'approved'
  | 'policy-owner-approved'
  | 'checks-pass'
  | 'ready-for-review'
  | 'mergeable'
  | 'line-is-green'

/** What one rule says of one world. Waiting resolves itself or by a missing yes; blocking needs a change by a person. */
export type Finding = { readonly rule: RuleName } & Answer

export type Answer =
  | { readonly kind: 'passes'; readonly note: Note }
  | { readonly kind: 'skips'; readonly note: Note }
  | { readonly kind: 'waits'; readonly reason: Reason }
  | { readonly kind: 'blocks'; readonly reason: Reason }

/** The configuration can't be used, and there is no older one in its place. */
export type UnusableConfig =
  | {
      readonly kind: 'config-broken'
      readonly path: string
      readonly problems: readonly ConfigProblem[]
      readonly enforced: boolean
    }
  | { readonly kind: 'config-unreadable'; readonly cause: string; readonly enforced: boolean }

/** The gate of one pull request: `silent` posts nothing. */
export type PullVerdict =
  | {
      readonly kind: 'judged'
      /** The pull request whose findings these are: of all open ones with this head, the one that is held most. */
      readonly pull: number
      readonly findings: readonly Finding[]
      /** The other open pull requests with this head whose own answer is not yes. */
      readonly alsoHeldBy: readonly number[]
      /** Report mode: the answer is shown and holds nothing. */
      readonly enforced: boolean
    }
  | UnusableConfig
  /** There is no configuration, and still something waits for an answer: it holds nothing. */
  | { readonly kind: 'not-configured' }
  | { readonly kind: 'silent'; readonly because: 'closed' | 'not-gated' | 'not-configured' }

export type BranchVerdict =
  | {
      readonly kind: 'judged'
      /** The branch whose findings these are: of all at this commit without a pull request, the best one. */
      readonly branch: string
      readonly findings: readonly Finding[]
      readonly enforced: boolean
    }
  | UnusableConfig
  | {
      readonly kind: 'silent'
      readonly because: 'gone' | 'line' | 'merge-queue' | 'has-pull' | 'on-line' | 'not-configured'
    }

/** How findings add up: one block blocks, else one wait waits, else it passes. */
export type Outcome = 'passes' | 'waits' | 'blocks'

export function outcomeOf(findings: readonly Answer[]): Outcome {
  if (findings.some((finding) => finding.kind === 'blocks')) return 'blocks'
  return findings.some((finding) => finding.kind === 'waits') ? 'waits' : 'passes'
}
