import type { Approved } from './approved.ts'
import type { CheckName } from './check.ts'
import type { ConfigBefore } from './config-before.ts'
import type { Decision } from './decision.ts'
import type { BranchClaim, DeploymentClaim } from './deployment.ts'
import type { Act } from './issue-action.ts'
import type { Leased } from './leased.ts'
import type { LineStanding } from './line-standing.ts'
import type { LineRef, Ref } from './ref.ts'
import type { Report } from './report.ts'
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

export type Reaction = 'eyes' | 'rocket' | '-1'

export type CheckAnswer = {
  readonly status: 'in_progress' | 'success' | 'failure' | 'neutral'
  readonly title: string
  /** Markdown, at most 65,535 characters each (GitHub's limit for a check run). */
  readonly summary: string
  readonly text: string
  /** At most 3. */
  readonly buttons: readonly CheckButton[]
  /** Lines of files in the judged commit; at most 50 in one request. */
  readonly annotations: readonly CheckAnnotation[]
}

/** A button on a check run: label and identifier at most 20 characters each, description 40 (GitHub's limits). */
export type CheckButton = { readonly label: string; readonly description: string; readonly identifier: string }

export type CheckAnnotation = {
  readonly path: string
  /** From 1. */
  readonly line: number
  readonly level: 'notice' | 'warning' | 'failure'
  readonly message: string
}

export type PostCheck = {
  readonly kind: 'post-check'
  readonly name: CheckName
  readonly sha: string
  readonly answer: CheckAnswer
  readonly fingerprint: string
  /** A run in progress is updated in place; a completed one is final and gets a newer run of the same name. */
  readonly onto: { readonly kind: 'new'; readonly after: number } | { readonly kind: 'update'; readonly runId: number }
}

export type CreateTag = {
  readonly kind: 'create-tag'
  readonly tag: string
  readonly sha: string
  readonly message: string
}

export type PublishRelease = {
  readonly kind: 'publish-release'
  readonly tag: string
  readonly sha: string
  readonly title: string
  readonly body: string
}

export type CreateDeployment = {
  readonly kind: 'create-deployment'
  /** The head of the audit log, added when it is applied. */
  readonly seal?: string
  readonly claim: DeploymentClaim
  readonly sha: string
  /** The digest of what was built of this commit, where an earlier deployment named it (model/artifact). */
  readonly artifact: string | null
  readonly type: 'development' | 'testing' | 'staging' | 'production'
  readonly description: string
  /** Only the promotion rule makes one: nothing is deployed without it. */
  readonly approval: Approved
}

/** An unmerged branch's head, tried out in a rush box. */
export type DeployBranch = {
  readonly kind: 'deploy-branch'
  /** The head of the audit log, added when it is applied. */
  readonly seal?: string
  readonly claim: BranchClaim
  readonly type: 'development' | 'testing' | 'staging' | 'production'
  readonly description: string
  /** Only the rush rule makes one. */
  readonly lease: Leased
}

/** Says at GitHub how a deployment ended: silent for too long, replaced by a newer one, or given back. */
export type SetStatus = {
  readonly kind: 'set-status'
  readonly deployment: number
  readonly state: 'error' | 'inactive'
  /** The time of the status before it (ms, UTC; 0 without one), which tells one silence from the next. */
  readonly after: number
  readonly description: string
}

/** Our deployment protection rule's word to a job of GitHub Actions. */
export type AnswerRun = {
  readonly kind: 'answer-run'
  /** `run:…:answer` or `run:…:report:N` (model/run). */
  readonly key: string
  readonly runId: number
  readonly environment: string
  /** Null: a report while it waits. */
  readonly state: 'approved' | 'rejected' | null
  /** Markdown, at most 1,024 characters. */
  readonly comment: string
}

/** Waybill's one living comment on a pull request. */
export type SayOnPull = {
  readonly kind: 'say-on-pull'
  readonly pull: number
  readonly body: string
  readonly fingerprint: string
}

export type AnswerWish = {
  readonly kind: 'answer-wish'
  readonly wish: number
  readonly pull: number
  readonly body: string
}

/** One line of the audit log. Facts as they were read; `at` is set by the database. */
export type AuditEntry = {
  /** Names the decision, so that it is written once however often the pass runs. */
  readonly key: string
  readonly action:
    | 'release'
    | 'deploy'
    | 'promote'
    | 'refuse'
    | 'rollback'
    | 'retry'
    | 'hold'
    | 'unhold'
    | 'accept'
    | 'sign-off'
    | 'observe'
    | 'rush'
    | 'override'
    | 'direct-push'
    | 'void'
    | 'gate'
    | 'configure'
    | 'stop'
  readonly actor: { readonly id: number; readonly login: string } | null
  readonly subject: string
  readonly version: string | null
  readonly sha: string | null
  readonly environment: string | null
  readonly reason: string
  readonly evidence: readonly string[]
}

/** It makes something new on a line, or decides something about it, on which the rest of the plan then depends. */
export function makes(effect: Effect): boolean {
  switch (effect.kind) {
    case 'create-tag':
    case 'publish-release':
    case 'create-deployment':
    case 'deploy-branch':
    case 'set-status':
    case 'decide':
      return true
    case 'post-check':
    case 'answer-run':
    case 'say-on-pull':
    case 'answer-wish':
    case 'call-people':
    case 'react':
    case 'settle-wish':
    case 'audit':
    case 'report':
    case 'act-on-issue':
    case 'settle-deployment':
    case 'remember-verified':
    case 'keep-standing':
    case 'void-version':
    case 'keep-config':
    case 'look':
      return false
  }
}

/** The identity of an effect within its repository: the same key means the same thing, done or to be done. */
export function effectKey(effect: Effect): string {
  switch (effect.kind) {
    case 'post-check':
      return checkKey(effect)
    case 'create-tag':
      return `tag:${effect.tag}`
    case 'publish-release':
      return `release:${effect.tag}`
    case 'create-deployment':
      return deploymentKey(effect.claim)
    case 'deploy-branch':
      return `deployment:${effect.claim.environment}:${effect.claim.sha}:${effect.claim.attempt}`
    case 'set-status':
      return `status:${effect.deployment}:${effect.state}:${effect.after}`
    case 'answer-run':
    case 'call-people':
      return effect.key
    case 'say-on-pull':
      return `comment:${effect.pull}`
    case 'answer-wish':
      return `answer:${effect.wish}`
    case 'react':
      return `reaction:${effect.commentId}:${effect.reaction}`
    case 'settle-wish':
      return `wish:${effect.wish}:${effect.state}`
    case 'decide':
      return `decision:${effect.decision.key}`
    case 'audit':
      return `audit:${effect.entry.key}`
    case 'report':
      return `report:${effect.report.key}`
    case 'act-on-issue':
      return `issue:${effect.key}`
    case 'settle-deployment':
    case 'remember-verified':
    case 'void-version':
    case 'keep-standing':
    case 'keep-config':
      return keptKey(effect)
    case 'look':
      return `look:${effect.ref.kind}:${effect.at ?? 'now'}`
  }
}

/** What is only kept in our own memory. */
type Kept = Extract<
  Effect,
  { kind: 'settle-deployment' | 'remember-verified' | 'void-version' | 'keep-standing' | 'keep-config' }
>

function keptKey(effect: Kept): string {
  switch (effect.kind) {
    case 'settle-deployment':
      return `settled:${effect.deployment}`
    case 'remember-verified':
      return `verified:${effect.pull}:${effect.key}`
    case 'void-version':
      return `void:${effect.tag}`
    case 'keep-standing':
    case 'keep-config':
      return `${effect.kind}:${effect.ref.branch}`
  }
}

function checkKey({ sha, name, onto }: PostCheck): string {
  return onto.kind === 'new' ? `check:${sha}:${name}:after:${onto.after}` : `check:${sha}:${name}:run:${onto.runId}`
}

export function deploymentKey(claim: DeploymentClaim): string {
  return `deployment:${claim.environment}:${claim.tag}:${claim.attempt}`
}
