/** What Jira's panels are told. One report per entity; only a greater sequence replaces an older one. */
export type Report = {
  /** The entity: `branch:REPO:NAME`, `pull:REPO:NUMBER`, `build:REPO:APP:NAME:RUN`, `deployment:REPO:ID`. */
  readonly key: string
  readonly issueKeys: readonly string[]
  /** From the event itself (an id, an attempt, an update time), never the clock when sending. */
  readonly sequence: number
  readonly body: ReportBody
}

export type ReportedRepository = { readonly id: number; readonly fullName: string; readonly url: string }

export type ReportBody =
  | { readonly kind: 'branch'; readonly repository: ReportedRepository; readonly branch: ReportedBranch }
  | { readonly kind: 'pull'; readonly repository: ReportedRepository; readonly pull: ReportedPull }
  | { readonly kind: 'build'; readonly repository: ReportedRepository; readonly build: ReportedBuild }
  | { readonly kind: 'deployment'; readonly repository: ReportedRepository; readonly deployment: ReportedDeployment }

export type ReportedBranch = {
  readonly name: string
  readonly commit: {
    readonly sha: string
    readonly message: string
    readonly author: { readonly name: string; readonly email: string }
    /** ms, UTC */
    readonly at: number
  }
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
