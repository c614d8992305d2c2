import type { Grade } from './grade.ts'
import type { TestCounts } from './test-counts.ts'

/** What Jira's panels are told. One report per entity; only a greater sequence replaces an older one. */
export type Report = {
  /** The entity: `branch:REPO:NAME`, `pull:REPO:NUMBER`, `build:REPO:APP:NAME:RUN`, `deployment:REPO:ID`. */
  readonly key: string
  readonly issueKeys: readonly string[]
  /** From the event itself (an id, an attempt, an update time), never the clock when sending. */
  readonly sequence: number
  readonly body: ReportBody
  /** `backfill`: it is of the past, and sets nothing off. `muted`: its panel is off; Waybill only remembers what was not told before. */
  readonly sending: 'normal' | 'backfill' | 'muted'
}

export type ReportedRepository = { readonly id: number; readonly fullName: string; readonly url: string }

export type ReportBody =
  | { readonly kind: 'branch'; readonly repository: ReportedRepository; readonly branch: ReportedBranch }
  | { readonly kind: 'pull'; readonly repository: ReportedRepository; readonly pull: ReportedPull }
  | { readonly kind: 'build'; readonly repository: ReportedRepository; readonly build: ReportedBuild }
  | { readonly kind: 'deployment'; readonly repository: ReportedRepository; readonly deployment: ReportedDeployment }
  /** It is not there any more, or no issue of ours is named: Jira is to forget what it was told under this key. */
  | { readonly kind: 'gone'; readonly repository: ReportedRepository; readonly of: GoneEntity }

export type GoneEntity =
  | { readonly kind: 'branch'; readonly name: string }
  | { readonly kind: 'pull'; readonly number: number }
  /** A promotion that waited: it has become a deployment, or was given up. `number` as it was reported. */
  | { readonly kind: 'deployment'; readonly environment: string; readonly number: number }

export type ReportedBranch = {
  readonly name: string
  /** Its head. */
  readonly commit: ReportedCommit
  /** Newest first. */
  readonly earlier: readonly ReportedCommit[]
}

export type ReportedCommit = {
  readonly sha: string
  readonly message: string
  readonly author: { readonly name: string; readonly email: string }
  /** ms, UTC */
  readonly at: number
}

export type ReportedPull = {
  readonly number: number
  readonly title: string
  readonly url: string
  readonly status: 'OPEN' | 'MERGED' | 'DECLINED'
  readonly author: string
  readonly branch: string
  readonly base: string
  /** ms, UTC */
  readonly updatedAt: number
  readonly reviewers: readonly { readonly name: string; readonly approved: boolean }[]
}

export type ReportedBuild = {
  /** `REPO:APP:NAME` */
  readonly pipeline: string
  readonly number: number
  readonly name: string
  readonly url: string
  readonly state: 'pending' | 'in_progress' | 'successful' | 'failed' | 'cancelled' | 'unknown'
  readonly sha: string
  readonly branch: string
  /** ms, UTC */
  readonly at: number
  /** Null where the run says none. */
  readonly tests: TestCounts | null
}

export type ReportedDeployment = {
  /** GitHub's id of the deployment. */
  readonly number: number
  readonly version: string
  readonly sha: string
  readonly environment: string
  readonly type: 'development' | 'testing' | 'staging' | 'production'
  readonly state: 'pending' | 'in_progress' | 'successful' | 'failed' | 'rolled_back' | 'cancelled' | 'unknown'
  readonly description: string
  readonly url: string
  readonly releaseUrl: string
  /** ms, UTC */
  readonly at: number
}

/** What Jira was to be told of one entity, and how that went. */
export type ReportTold = { readonly key: string; readonly body: ReportBody; readonly grade: Grade }

/** A build that Jira was told is pending or in progress. */
export type UnfinishedBuild = Pick<Report, 'key' | 'issueKeys'> & {
  readonly repository: ReportedRepository
  readonly build: ReportedBuild
}

export function pullReportKey(repositoryId: number, number: number): string {
  return `pull:${repositoryId}:${number}`
}
