import type { Approved } from './approved.ts'
import type { HoldCause } from './decision.ts'
import type { DeploymentState } from './deployment.ts'
import type { Implementer } from './implementers.ts'
import type { MovedTag } from './moved-tags.ts'
import type { Reason } from './reason.ts'
import type { Unjudged } from './unjudged.ts'

/** What the promotion rules say of one version and one environment. `waits` goes on by itself, `denied` is final. */
export type Promotion =
  | { readonly kind: 'approved'; readonly approval: Approved }
  | { readonly kind: 'already-live' }
  | { readonly kind: 'waits'; readonly reason: PromotionReason }
  | { readonly kind: 'denied'; readonly reason: PromotionReason }

export type PromotionAnswer =
  | { readonly kind: 'passes' }
  | { readonly kind: 'waits'; readonly reason: PromotionReason }
  | { readonly kind: 'denies'; readonly reason: PromotionReason }

type Soaking = {
  readonly version: string
  readonly environment: string
  readonly before: string
  /** As the configuration writes it. */
  readonly wanted: string
}

/** Why a version does not go somewhere. Each has one sentence in `words/promotion-reasons`. */
export type PromotionReason =
  | { readonly kind: 'environment-unknown'; readonly name: string; readonly known: readonly string[] }
  /** It is a rush box, which stands outside the order. */
  | { readonly kind: 'environment-rush'; readonly name: string; readonly known: readonly string[] }
  | { readonly kind: 'version-unknown'; readonly version: string; readonly known: readonly string[] }
  | { readonly kind: 'not-released'; readonly pull: number }
  | { readonly kind: 'older-than-live'; readonly version: string; readonly live: string; readonly environment: string }
  | {
      readonly kind: 'not-staged'
      readonly version: string
      readonly environment: string
      readonly before: string
      readonly state: DeploymentState | null
    }
  | {
      readonly kind: 'staging-running'
      readonly version: string
      readonly environment: string
      readonly before: string
    }
  | { readonly kind: 'not-promoter'; readonly login: string; readonly environment: string; readonly promoters: string }
  | { readonly kind: 'promoters-unreadable'; readonly team: string; readonly cause: string }
  /** The login is named, and belonged to another account, or to none, when it was. */
  | { readonly kind: 'other-account'; readonly login: string }
  | {
      readonly kind: 'implementer'
      readonly login: string
      readonly version: string
      readonly as: Implementer['as']
      readonly sha: string | null
    }
  | {
      readonly kind: 'author-unknown'
      readonly version: string
      readonly commits: readonly { readonly sha: string; readonly email: string }[]
    }
  /** Whether the asker wrote part of it can't be read. */
  | { readonly kind: 'part-unreadable'; readonly login: string; readonly cause: string }
  | { readonly kind: 'not-overrider'; readonly login: string; readonly overriders: string }
  | {
      readonly kind: 'implementer-of-head'
      readonly login: string
      readonly as: Implementer['as']
      readonly sha: string | null
    }
  | { readonly kind: 'head-moved'; readonly sha: string }
  | { readonly kind: 'nothing-held' }
  /** Whether the asker wrote part of a head can't ever be told: not all of its commits are listed. */
  | { readonly kind: 'head-unlisted'; readonly login: string }
  | { readonly kind: 'environment-busy'; readonly environment: string; readonly version: string }
  | {
      readonly kind: 'not-emergency' | 'not-operator'
      readonly login: string
      readonly environment: string
      readonly promoters: string
    }
  | {
      readonly kind: 'rejected'
      readonly version: string
      readonly environment: string
      readonly by: string | null
      readonly because: string
    }
  | {
      readonly kind: 'held'
      readonly environment: string
      readonly why: HoldCause
      readonly by: string | null
      readonly because: string
    }
  /** `until`, here and below: ms, UTC; null where no end is near. */
  | {
      readonly kind: 'frozen'
      readonly environment: string
      readonly because: string
      readonly until: number | null
    }
  | ({ readonly kind: 'soaking'; readonly until: number } & Soaking)
  /** Another version took its place before it had soaked. */
  | ({ readonly kind: 'soak-broken' } & Soaking)
  /** What is live there is soaking for the next environment. */
  | {
      readonly kind: 'live-is-soaking'
      readonly environment: string
      readonly live: string
      readonly next: string
      readonly until: number
    }
  | {
      readonly kind: 'environment-checks'
      readonly environment: string
      readonly version: string
      readonly because: Reason
    }
  | {
      readonly kind: 'sign-offs-missing'
      readonly environment: string
      readonly version: string
      readonly wanted: number
      readonly given: readonly string[]
      readonly promoters: string
    }
  | { readonly kind: 'not-judged'; readonly version: string; readonly changes: readonly Unjudged[] }
  | { readonly kind: 'nothing-before'; readonly environment: string }
  | {
      readonly kind: 'never-good'
      readonly environment: string
      readonly version: string
      /** It is the one that is to be taken away. */
      readonly isBad: boolean
    }
  | { readonly kind: 'nothing-failed'; readonly environment: string; readonly version: string | null }
  /** It failed, and no person's promotion is behind it where there must be one. */
  | { readonly kind: 'nobody-promoted'; readonly environment: string; readonly version: string }
  | { readonly kind: 'not-held'; readonly environment: string }
  | ({ readonly kind: 'tag-moved' } & MovedTag)
  | { readonly kind: 'history-unknown'; readonly version: string }
  | { readonly kind: 'rush-unknown'; readonly name: string; readonly known: readonly string[] }
  | { readonly kind: 'rush-closed'; readonly pull: number; readonly state: 'closed' | 'merged' }
  | { readonly kind: 'rush-fork'; readonly pull: number }
  | { readonly kind: 'rush-checks'; readonly pull: number; readonly sha: string; readonly why: Reason }
  | {
      readonly kind: 'rush-leased'
      readonly environment: string
      readonly pull: number
      readonly login: string
      /** ms, UTC; null while it is still being deployed. */
      readonly until: number | null
    }
  | { readonly kind: 'rush-free'; readonly environment: string }
  | { readonly kind: 'run-no-version' | 'run-unreleased'; readonly sha: string; readonly branch: string }
  | { readonly kind: 'run-unjudged'; readonly cause: string }
  | { readonly kind: 'not-writer'; readonly login: string }
  | { readonly kind: 'pull-unreadable'; readonly pull: number; readonly cause: string }
  | { readonly kind: 'replaced'; readonly environment: string }
  | { readonly kind: 'expired' }
  | { readonly kind: 'comment-edited' }
  | { readonly kind: 'comment-stale' }
  | { readonly kind: 'press-stale' }
  | { readonly kind: 'config-broken'; readonly path: string }
  | { readonly kind: 'not-configured' }
  | { readonly kind: 'report-mode' }
