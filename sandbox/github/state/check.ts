import type { App, Ms, User } from './accounts.ts'

export type CheckStatus = 'queued' | 'in_progress' | 'completed' | 'waiting' | 'requested' | 'pending'

export type CheckConclusion =
  | 'action_required'
  | 'cancelled'
  | 'failure'
  | 'neutral'
  | 'success'
  | 'skipped'
  | 'stale'
  | 'timed_out'

/** One per App and commit. Its status and conclusion follow from its runs (see `summarise-suite.ts`). */
export type CheckSuite = {
  readonly id: number
  readonly nodeId: string
  readonly app: App
  readonly headSha: string
  readonly headBranch: string | undefined
  readonly createdAt: Ms
  updatedAt: Ms
}

export type CheckAnnotation = {
  readonly path: string
  readonly startLine: number
  readonly endLine: number
  readonly startColumn: number | undefined
  readonly endColumn: number | undefined
  readonly level: 'notice' | 'warning' | 'failure'
  readonly message: string
  readonly title: string | undefined
  readonly rawDetails: string | undefined
}

export type CheckAction = { readonly label: string; readonly description: string; readonly identifier: string }

export type CheckRun = {
  readonly id: number
  readonly nodeId: string
  readonly suite: CheckSuite
  readonly app: App
  name: string
  readonly headSha: string
  status: CheckStatus
  conclusion: CheckConclusion | undefined
  title: string | undefined
  summary: string | undefined
  text: string | undefined
  readonly annotations: CheckAnnotation[]
  actions: readonly CheckAction[]
  externalId: string
  detailsUrl: string | undefined
  startedAt: Ms | undefined
  completedAt: Ms | undefined
  readonly createdAt: Ms
}

export type CommitStatusState = 'error' | 'failure' | 'pending' | 'success'

export type CommitStatus = {
  readonly id: number
  readonly nodeId: string
  readonly sha: string
  readonly state: CommitStatusState
  readonly context: string
  readonly description: string | undefined
  readonly targetUrl: string | undefined
  readonly creator: User
  readonly app: App | undefined
  readonly createdAt: Ms
}
