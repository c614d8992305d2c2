import { allows, type Demand } from '../authorise.ts'
import type { Commit } from '../git/commits.ts'
import type { TreeEntry } from '../git/tree.ts'
import type { Actor, App, Organisation, Principal, Team, User } from '../state/accounts.ts'
import type { CheckRun, CheckSuite, CommitStatus } from '../state/check.ts'
import type { Deployment, DeploymentStatus } from '../state/deployment.ts'
import type { IssueComment, PullRequest, Review, TimelineEntry } from '../state/pull-request.ts'
import type { Release } from '../state/release.ts'
import type { Label, Repository } from '../state/repository.ts'
import type { State } from '../state.ts'
import type { GraphNode } from './connection.ts'
import { githubError } from './github-error.ts'

/** What one query sees: the state, and who asks. */
export type Graph = {
  readonly state: State
  readonly principal: Principal
  readonly actor: Actor
  readonly nodes: Nodes
  /** A pull request's own commits, oldest first; asked of git once a query. */
  readonly pullCommits: (pull: PullRequest) => Promise<readonly Commit[]>
  /** The shas of all commits that it carries, its merge's own too; asked of git once a query. */
  readonly carried: (pull: PullRequest) => Promise<ReadonlySet<string>>
}

/** How each kind of thing becomes a node; nodes reach each other through here. */
export type Nodes = {
  readonly user: (user: User) => GraphNode
  readonly team: (team: Team, organisation: Organisation) => GraphNode
  readonly organisation: (organisation: Organisation) => GraphNode
  readonly app: (app: App) => GraphNode
  readonly repository: (repository: Repository) => GraphNode
  readonly label: (repository: Repository, label: Label) => GraphNode
  /** A ref by its whole name; null when there is none. */
  readonly ref: (repository: Repository, name: string) => Promise<GraphNode | null>
  /** Any object by its full sha; null when there is none. */
  readonly object: (repository: Repository, sha: string) => Promise<GraphNode | null>
  readonly commit: (repository: Repository, sha: string) => Promise<GraphNode>
  readonly treeEntry: (repository: Repository, entry: TreeEntry) => GraphNode
  readonly pull: (pull: PullRequest) => GraphNode
  readonly timelineEntry: (pull: PullRequest, entry: TimelineEntry) => GraphNode
  readonly review: (pull: PullRequest, review: Review) => GraphNode
  readonly comment: (comment: IssueComment) => GraphNode
  readonly checkRun: (repository: Repository, run: CheckRun) => GraphNode
  readonly checkSuite: (repository: Repository, suite: CheckSuite) => GraphNode
  readonly status: (repository: Repository, status: CommitStatus) => GraphNode
  readonly release: (repository: Repository, release: Release) => GraphNode
  readonly deployment: (repository: Repository, deployment: Deployment) => GraphNode
  readonly deploymentStatus: (deployment: Deployment, status: DeploymentStatus) => GraphNode
}

/** Throws GitHub's FORBIDDEN unless the installation has one of the permissions. People may read what they see. */
export function demand({ principal }: Graph, ...permissions: Demand['app']): void {
  if (principal.kind === 'person') return
  if (principal.kind === 'installation' && allows(principal.permissions, permissions)) return
  throw githubError('FORBIDDEN', 'Resource not accessible by integration')
}
