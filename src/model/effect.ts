import type { AuditEntry } from './audit-entry.ts'
import type { ConfigBefore } from './config-before.ts'
import type { Decision } from './decision.ts'
import type { AnswerRun, CreateDeployment, DeployBranch, SetStatus } from './deployment-effects.ts'
import type { Act } from './issue-action.ts'
import type { LineStanding } from './line-standing.ts'
import type { PostCheck } from './post-check.ts'
import type { LineRef, Ref } from './ref.ts'
import type { CreateTag, PublishRelease } from './release-effects.ts'
import type { Report } from './report.ts'
import type { AnswerWish, Reaction, SayOnPull } from './talk-effects.ts'
import type { Command, WishState } from './wish.ts'

/**
 * What a plan orders. An effect is data and names its own identity (`effectKey`), so that a dry run, the audit log and
 * a second try are all the same value.
 */
export type Effect =
  | PostCheck
  | CreateTag
  | PublishRelease
  | CreateDeployment
  | DeployBranch
  | SetStatus
  | AnswerRun
  | SayOnPull
  | AnswerWish
  /** A comment of its own that mentions people: said once under its key. */
  | { readonly kind: 'call-people'; readonly key: string; readonly pull: number; readonly body: string }
  | { readonly kind: 'react'; readonly wish: number; readonly commentId: number; readonly reaction: Reaction }
  | { readonly kind: 'settle-wish'; readonly wish: number; readonly state: WishState; readonly command: Command | null }
  | { readonly kind: 'decide'; readonly decision: Omit<Decision, 'at'> }
  | { readonly kind: 'audit'; readonly entry: AuditEntry }
  | { readonly kind: 'report'; readonly report: Report }
  | ({ readonly kind: 'act-on-issue' } & Act)
  | { readonly kind: 'settle-deployment'; readonly deployment: number }
  | {
      readonly kind: 'remember-verified'
      readonly pull: number
      readonly key: string
      readonly at: number
      readonly type: string
    }
  /** A version whose name GitHub never gives out again: it counts for nothing from now on. */
  | { readonly kind: 'void-version'; readonly tag: string }
  /** Keep where a line stands, for the gates of the pull requests that go into it. */
  | { readonly kind: 'keep-standing'; readonly ref: LineRef; readonly standing: LineStanding }
  | KeepConfig
  /** Look at a subject: at once, or not before `at` (ms, UTC). */
  | { readonly kind: 'look'; readonly ref: Ref; readonly at: number | null }

/** Look at all that is judged by a line's configuration or by an organisation's defaults, and keep what is in force. */
export type KeepConfig = {
  readonly kind: 'keep-config'
  readonly ref: LineRef
  readonly config: ConfigBefore | null
  readonly among: 'repository' | 'organisation'
}
