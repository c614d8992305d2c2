/** A moment: milliseconds since 1970, UTC. */
export type Ms = number

export type User = {
  readonly id: number
  readonly nodeId: string
  /** Bots' logins end with `[bot]`. */
  readonly login: string
  readonly name: string
  /** `LOGIN@users.noreply.github.com`: a commit with this e-mail belongs to the user. */
  readonly email: string
  readonly type: 'User' | 'Bot'
}

export type Team = {
  readonly id: number
  readonly nodeId: string
  readonly slug: string
  readonly name: string
  readonly members: User[]
}

export type Organisation = {
  readonly id: number
  readonly nodeId: string
  readonly login: string
  readonly members: User[]
  readonly teams: Team[]
}

export type Access = 'read' | 'write'

/** By GitHub's names of App permissions: `contents`, `pull_requests`, … */
export type AppPermissions = { readonly [resource: string]: Access }

export type App = {
  readonly id: number
  readonly nodeId: string
  readonly clientId: string
  readonly slug: string
  readonly name: string
  readonly owner: Organisation
  /** PEM. Undefined for Apps that act by a plain token (`ci`, `deployer`). */
  readonly publicKey: string | undefined
  permissions: AppPermissions
  readonly events: readonly string[]
  /** The account as which the App acts: `SLUG[bot]`. */
  readonly bot: User
  readonly createdAt: Ms
}

export type Installation = {
  readonly id: number
  readonly nodeId: string
  readonly app: App
  readonly account: Organisation
  /** `all`, or the ids of chosen repositories. */
  repositories: 'all' | readonly number[]
  permissions: AppPermissions
  suspendedAt: Ms | undefined
  readonly createdAt: Ms
}

/** What a token stands for. */
export type Principal =
  | { readonly kind: 'person'; readonly user: User }
  | { readonly kind: 'app'; readonly app: App }
  | {
      readonly kind: 'installation'
      readonly installation: Installation
      readonly permissions: AppPermissions
      readonly repositories: 'all' | readonly number[]
      readonly expiresAt: Ms | undefined
    }

/** Who does something: a person, or a bot together with its App. */
export type Actor = { readonly user: User; readonly app: App | undefined }

export type RepositoryPermission = 'none' | 'read' | 'triage' | 'write' | 'maintain' | 'admin'

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

export type PullRequest = {
  readonly id: number
  readonly nodeId: string
  readonly number: number
  readonly repository: Repository
  readonly user: User
  base: { ref: string; sha: string }
  /** `repository` is undefined when the fork was deleted. */
  head: { readonly ref: string; sha: string; readonly repository: Repository | undefined }
  title: string
  body: string | undefined
  draft: boolean
  state: 'open' | 'closed'
  merged: boolean
  mergeCommitSha: string | undefined
  mergedBy: User | undefined
  mergedAt: Ms | undefined
  closedAt: Ms | undefined
  readonly createdAt: Ms
  updatedAt: Ms
  readonly labels: Label[]
  readonly assignees: User[]
  readonly requestedReviewers: User[]
  readonly requestedTeams: Team[]
  readonly reviews: Review[]
  readonly threads: ReviewThread[]
  readonly timeline: TimelineEntry[]
}

/** A conversation about lines of the change. */
export type ReviewThread = {
  readonly id: number
  readonly nodeId: string
  readonly pull: PullRequest
  resolved: boolean
}

/** What happened to a pull request, in order. Reviews and comments stand in it too. */
export type TimelineEntry = {
  readonly id: number
  readonly nodeId: string
  readonly at: Ms
  readonly actor: User
} & (
  | { readonly kind: 'commit'; readonly sha: string }
  | { readonly kind: 'head_ref_force_pushed'; readonly before: string; readonly after: string }
  | { readonly kind: 'head_ref_deleted' | 'ready_for_review' | 'convert_to_draft' | 'closed' | 'reopened' }
  | { readonly kind: 'merged'; readonly sha: string }
  | { readonly kind: 'base_ref_changed'; readonly before: string; readonly after: string }
  | { readonly kind: 'renamed_title'; readonly before: string; readonly after: string }
  | { readonly kind: 'labeled' | 'unlabeled'; readonly label: Label }
  | { readonly kind: 'review_requested'; readonly reviewer: User | Team }
  | { readonly kind: 'review'; readonly review: Review }
  | { readonly kind: 'review_dismissed'; readonly review: Review; readonly message: string }
  | { readonly kind: 'comment'; readonly comment: IssueComment }
)

export type TimelineKind = TimelineEntry['kind']

export type ReviewState = 'PENDING' | 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED'

export type Review = {
  readonly id: number
  readonly nodeId: string
  readonly user: User
  state: ReviewState
  readonly body: string
  readonly commitOid: string
  readonly submittedAt: Ms
  dismissal: { readonly by: User; readonly message: string; readonly at: Ms } | undefined
}

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

export type ReactionContent = '+1' | '-1' | 'laugh' | 'confused' | 'heart' | 'hooray' | 'rocket' | 'eyes'

export type Reaction = {
  readonly id: number
  readonly nodeId: string
  readonly user: User
  readonly content: ReactionContent
  readonly createdAt: Ms
}

export type IssueComment = {
  readonly id: number
  readonly nodeId: string
  readonly pull: PullRequest
  body: string
  readonly user: User
  readonly viaApp: App | undefined
  readonly createdAt: Ms
  updatedAt: Ms
  /** When it was last edited (GraphQL's `lastEditedAt`), and by whom. */
  edited: { readonly at: Ms; readonly by: User } | undefined
  readonly reactions: Reaction[]
}

export type Release = {
  readonly id: number
  readonly nodeId: string
  tagName: string
  targetCommitish: string
  name: string | undefined
  body: string | undefined
  draft: boolean
  prerelease: boolean
  makeLatest: 'true' | 'false' | 'legacy'
  readonly author: User
  readonly createdAt: Ms
  publishedAt: Ms | undefined
  /** Published while the repository made its releases immutable: its tag stays where it is. */
  immutable: boolean
}

/** A ruleset for tags. */
export type TagRuleset = {
  readonly id: number
  readonly nodeId: string
  name: string
  enforcement: 'active' | 'disabled' | 'evaluate'
  /** Patterns of whole ref names, or `~ALL`. */
  include: readonly string[]
  rules: readonly string[]
  /** Apps that it does not hold. */
  bypassAppIds: readonly number[]
  readonly createdAt: Ms
}

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
