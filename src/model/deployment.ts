import type { Account } from './account.ts'

export type DeploymentState = 'pending' | 'queued' | 'in_progress' | 'success' | 'failure' | 'error' | 'inactive'

export type DeploymentStatus = {
  /** GitHub's id, 0 where only GraphQL was asked, which has none. The greatest id is the newest status. */
  readonly id: number
  readonly state: DeploymentState
  /** ms, UTC */
  readonly at: number
  readonly description: string
  /** Where to look, as the reporter gave it: of a success the environment's address first, of anything else the log. */
  readonly url: string | null
  /** Who reported it: Waybill itself, an App or a user; null for an account that is gone. */
  readonly by: Account | 'waybill' | null
}

/** One GitHub deployment in a configured environment. */
export type Deployment = {
  readonly id: number
  readonly environment: string
  /** The tag it was created from; null when another ref was given. */
  readonly tag: string | null
  readonly sha: string
  /** ms, UTC */
  readonly createdAt: number
  readonly creator: Account | null
  /** Waybill made it: our own App is the creator and the payload holds our claim, on a version or on a rush box. */
  readonly claim: DeploymentClaim | BranchClaim | null
  /** Newest first. Empty: nothing was reported yet. */
  readonly statuses: readonly DeploymentStatus[]
  /** The statuses were read by REST, so their ids are real. */
  readonly numbered: boolean
}

/** The identity of a deployment: unique in (environment, tag, attempt), written into its payload. */
export type DeploymentClaim = {
  readonly environment: string
  readonly tag: string
  readonly attempt: number
  /** The wish it carries out; null for an automatic deployment. */
  readonly wish: number | null
  /** Who promoted it; null for an automatic deployment. */
  readonly by: { readonly id: number; readonly login: string } | null
  /** `rollback`: an older version returns. */
  readonly as: 'promotion' | 'rollback'
  /** The failed deployment that this one repeats (GitHub's id). */
  readonly retries: number | null
}

/**
 * The identity of an unmerged branch's try-out in a rush box: unique in (environment, sha, attempt), written into its
 * payload. The environment is that pull request's for as long as the lease lasts.
 */
export type BranchClaim = {
  readonly environment: string
  readonly sha: string
  readonly attempt: number
  readonly pull: number
  /** The wish it carries out. */
  readonly wish: number
  readonly by: { readonly id: number; readonly login: string }
}

/** The claim on a version, where it is one. */
export function versionClaim({ claim }: Pick<Deployment, 'claim'>): DeploymentClaim | null {
  return isBranchClaim(claim) ? null : claim
}

export function isBranchClaim(claim: DeploymentClaim | BranchClaim | null): claim is BranchClaim {
  return claim !== null && 'pull' in claim
}

/** The state people see: the newest status, or `pending` before the first one. */
export function deploymentState(deployment: Deployment): DeploymentState {
  return deployment.statuses[0]?.state ?? 'pending'
}

/** Nothing more is expected of it: it succeeded, failed or was replaced. */
export function isSettled(deployment: Deployment): boolean {
  switch (deploymentState(deployment)) {
    case 'pending':
    case 'queued':
    case 'in_progress':
      return false
    case 'success':
    case 'failure':
    case 'error':
    case 'inactive':
      return true
  }
}

/** It was live at some time: its last word before any `inactive` was success. */
export function hasSucceeded(deployment: Deployment): boolean {
  return deployment.statuses.find((status) => status.state !== 'inactive')?.state === 'success'
}
