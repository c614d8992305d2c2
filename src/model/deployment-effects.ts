import type { Approved } from './approved.ts'
import type { BranchClaim, DeploymentClaim } from './deployment.ts'
import type { Leased } from './leased.ts'

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
