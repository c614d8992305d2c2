import type { Account } from './account.ts'
import type { ConfigProblem } from './config-read.ts'

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
    }
  | { readonly kind: 'changes-requested'; readonly by: readonly string[] }
  | { readonly kind: 'author-unknown'; readonly commits: readonly { readonly sha: string; readonly email: string }[] }
  | { readonly kind: 'reviews-unreadable'; readonly cause: string }
  | { readonly kind: 'commits-unreadable'; readonly cause: string }
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
  | { readonly kind: 'policy-owner-missing'; readonly owners: readonly string[] }
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

/** Something that should have reported did not: why, once it is late. `causes` is empty before `until` (ms, UTC). */
export type Silence = { readonly until: number; readonly causes: readonly SilenceCause[] }

/** What the facts say of a check that does not come, the surest first. */
export type SilenceCause =
  | { readonly kind: 'workflow-awaits-approval' }
  | { readonly kind: 'no-runner'; readonly checks: readonly CheckShown[] }
  | { readonly kind: 'other-name'; readonly missing: string; readonly reported: string }
  /** Nothing is seen of it: its workflow does not run on this event, or a filter leaves the change out. */
  | { readonly kind: 'not-started'; readonly event: 'pull_request' | 'merge_group' | 'push' }

export type CheckShown = { readonly name: string; readonly word: string; readonly url: string | null }

/** A review that does not count: it says approved, or asks for changes without the right to write. */
export type UncountedReview = {
  readonly login: string
  readonly says: 'approved' | 'changes_requested'
  readonly because:
    | 'author'
    | 'commit-author'
    | 'committer'
    | 'co-author'
    | 'assignee-of-bot'
    | 'pusher'
    | 'bot'
    | 'no-write-access'
    | 'not-an-approver'
    | 'other-account'
    | 'outdated'
    | 'asked-again'
    | 'base-changed'
  /** The commit that makes the reviewer an implementer, or the head the review was given for. */
  readonly sha: string | null
}

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

/** Somebody who wrote part of a change, and by what. Nobody signs off their own change. */
export type Implementer = {
  readonly account: Account
  readonly as: 'author' | 'commit-author' | 'committer' | 'co-author' | 'assignee-of-bot' | 'pusher'
  readonly sha: string | null
}
