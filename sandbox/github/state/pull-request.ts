import type { App, Ms, Team, User } from './accounts.ts'
import type { Label, Repository } from './repository.ts'

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
