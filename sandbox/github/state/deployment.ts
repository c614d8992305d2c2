import type { App, Ms, User } from './accounts.ts'

export type DeploymentState = 'error' | 'failure' | 'inactive' | 'in_progress' | 'queued' | 'pending' | 'success'

export type DeploymentStatus = {
  readonly id: number
  readonly nodeId: string
  readonly state: DeploymentState
  readonly creator: User
  readonly app: App | undefined
  readonly description: string
  readonly environment: string
  readonly environmentUrl: string
  readonly logUrl: string
  readonly createdAt: Ms
}

export type Deployment = {
  readonly id: number
  readonly nodeId: string
  /** As it was passed: branch, tag or sha. */
  readonly ref: string
  readonly sha: string
  readonly task: string
  readonly payload: unknown
  environment: string
  readonly originalEnvironment: string
  readonly transient: boolean
  readonly production: boolean
  readonly description: string | undefined
  readonly creator: User
  readonly app: App | undefined
  readonly createdAt: Ms
  updatedAt: Ms
  /** Oldest first. */
  readonly statuses: DeploymentStatus[]
}

export type Environment = {
  readonly id: number
  readonly nodeId: string
  readonly name: string
  readonly createdAt: Ms
}

/** A run of GitHub Actions with one job, which names an environment that this App's protection rule guards. */
export type WorkflowRun = {
  readonly id: number
  readonly nodeId: string
  readonly headSha: string
  /** The branch or tag it was started on. */
  readonly headBranch: string
  readonly event: string
  readonly actor: User
  readonly environment: Environment
  /** The record that Actions makes for a job with an environment. */
  readonly deployment: Deployment
  status: 'waiting' | 'in_progress' | 'completed'
  conclusion: 'success' | 'failure' | undefined
  /** What the rule's App said while the job waited, and at last. Oldest first. */
  readonly reports: { readonly state: 'approved' | 'rejected' | undefined; readonly comment: string }[]
  readonly createdAt: Ms
  updatedAt: Ms
}
