import type { Ms, Organisation, RepositoryPermission, User } from './accounts.ts'
import type { CheckRun, CheckSuite, CommitStatus } from './check.ts'
import type { Deployment, Environment, WorkflowRun } from './deployment.ts'
import type { IssueComment, PullRequest } from './pull-request.ts'
import type { Release, TagRuleset } from './release.ts'

export type Protection = {
  /** Contexts that must have succeeded on the head; `appId` pins who must have reported them. */
  requiredChecks: readonly { readonly context: string; readonly appId: number | undefined }[]
  /** Direct pushes are refused: changes come by pull request. */
  refusesPushes: boolean
  /** Every conversation must be resolved before the merge. */
  wantsResolution: boolean
  /** Whether administrators are held to it too. */
  enforceAdmins: boolean
}

export type Label = {
  readonly id: number
  readonly nodeId: string
  readonly name: string
  readonly color: string
  readonly description: string | undefined
}

export type Repository = {
  readonly id: number
  readonly nodeId: string
  readonly owner: Organisation
  name: string
  /** Nothing can be written to it any more. */
  archived?: boolean
  readonly private: boolean
  /** The repository that this one was forked from. */
  readonly parent: Repository | undefined
  readonly defaultBranch: string
  /** By user id. Who is not listed has `none`. */
  readonly permissions: Map<number, RepositoryPermission>
  /** The bare git repository. */
  readonly path: string
  /** By branch name. */
  readonly protection: Map<string, Protection>
  readonly labels: Label[]
  readonly pulls: PullRequest[]
  readonly checkSuites: CheckSuite[]
  readonly checkRuns: CheckRun[]
  readonly statuses: CommitStatus[]
  readonly comments: IssueComment[]
  readonly releases: Release[]
  /** Whether releases that are published from now on are immutable. */
  immutableReleases: boolean
  /** Names that immutable releases had; GitHub never gives them out again. */
  readonly burnedTags: Set<string>
  readonly tagRulesets: TagRuleset[]
  readonly deployments: Deployment[]
  readonly environments: Environment[]
  readonly runs: WorkflowRun[]
  readonly activity: Activity[]
  /** By branch, where a merge queue is required; the front first. */
  readonly mergeQueues: Map<string, MergeQueueEntry[]>
  /** The next number of an issue or pull request. */
  nextNumber: number
  readonly createdAt: Ms
  pushedAt: Ms
}

/** A pull request in a merge queue. */
export type MergeQueueEntry = {
  readonly id: number
  readonly nodeId: string
  readonly pull: PullRequest
  readonly enqueuer: User
  readonly enqueuedAt: Ms
  /** The pull request's head when it was put in. */
  readonly head: string
  /** Undefined until it is built. */
  group: MergeGroup | undefined
}

/** All entries from the front to one, merged on `base`, on a branch of its own. */
export type MergeGroup = { readonly id: number; readonly ref: string; readonly base: string; readonly sha: string }

export type Activity = {
  readonly id: number
  readonly nodeId: string
  readonly ref: string
  readonly before: string
  readonly after: string
  readonly actor: User
  readonly type: 'push' | 'force_push' | 'branch_creation' | 'branch_deletion' | 'pr_merge' | 'merge_queue_merge'
  readonly at: Ms
}
