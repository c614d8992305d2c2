import type { Account, Signature } from './account.ts'
import type { Checks, PostedCheck, RequiredCheck } from './check.ts'
import type { Comparisons } from './comparison.ts'
import type { ConfigRead } from './config-read.ts'
import type { Issue } from './issue.ts'
import type { RefusedAct } from './issue-action.ts'
import type { LineStanding } from './line-standing.ts'
import type { Lookup } from './lookup.ts'
import type { Override } from './override.ts'
import type { Proposal } from './proposal.ts'
import type { Push } from './push.ts'
import type { PullRef, QueueRef } from './ref.ts'
import type { ReportTold, UnfinishedBuild } from './report.ts'
import type { Reverted } from './reverted.ts'
import type { Seen } from './seen.ts'
import type { Wish } from './wish.ts'

export type Commit = {
  readonly sha: string
  readonly headline: string
  readonly author: Signature
  /** Null where GitHub itself made the commit for its author (web editor, merge button, update branch). */
  readonly committer: Signature | null
  readonly coAuthors: readonly Signature[]
  /** Full shas, the first parent first; several for a merge. */
  readonly parents: readonly string[]
}

export type Review = {
  readonly id: number
  readonly author: Account | null
  readonly state: 'approved' | 'changes_requested' | 'commented' | 'dismissed'
  /** The head the review was given for; null when GitHub no longer has that commit. */
  readonly sha: string | null
  /** ms, UTC */
  readonly at: number
  /** The reviewer may push to the repository now. */
  readonly mayWrite: boolean
  /** Why an approval is over though nobody dismissed it. */
  readonly takenBack: 'asked-again' | 'base-changed' | null
}

export type PullRequest = {
  readonly number: number
  readonly title: string
  readonly url: string
  readonly author: Account | null
  readonly base: string
  /** The base branch's tip. */
  readonly baseSha: string
  readonly branch: string
  readonly headSha: string
  readonly isFork: boolean
  readonly draft: boolean
  readonly state: 'open' | 'closed' | 'merged'
  readonly mergeable: 'clean' | 'conflict' | 'unknown'
  /** What GitHub's own rules say of its reviews; null where they ask for none. */
  readonly reviewDecision: 'approved' | 'changes-requested' | 'review-required' | null
  /** Whether GitHub would merge it: `blocked` also by Waybill's own check, while that has not passed. */
  readonly mergeState: 'behind' | 'blocked' | 'other'
  /** Conversations of reviews that nobody resolved, 100 at most. */
  readonly unresolved: number
  readonly labels: readonly string[]
  readonly assignees: readonly Account[]
  /** Whose review is asked for and still awaited; teams are left out. */
  readonly requested: readonly Account[]
  /** ms, UTC */
  readonly createdAt: number
  readonly updatedAt: number
}

/** What GitHub says of a pull request, its base's configuration included. */
export type PullFacts = {
  readonly ref: PullRef
  readonly repositoryUrl: string
  readonly defaultBranch: string
  /** The base branch's file. */
  readonly config: ConfigRead
  /** The branches that the default branch's file gates; null where that file can't be used. */
  readonly gated: readonly string[] | null
  readonly pull: PullRequest
  /** What a sweep would find of it. */
  readonly seen: Seen | null
  /** What it would do to the configuration; null where it leaves the file alone. */
  readonly proposal: Proposal | null
  /** Oldest first; `absent` when GitHub lists no more than some of them. */
  readonly commits: Lookup<readonly Commit[]>
  readonly reviews: Lookup<readonly Review[]>
  readonly checks: Lookup<Checks>
  readonly posted: readonly PostedCheck[]
  /** For each `@org/team` the configuration names: the ids of those reviewers who are in it. */
  readonly members: ReadonlyMap<string, Lookup<readonly number[]>>
  /** What `merge.approvers` names, and `policy-owners` where they are asked, that GitHub does not know. */
  readonly noApprovers: readonly string[]
  /** Other open pull requests with the same head into gated branches: the gate of a commit is the worst of them. */
  readonly sameHead: readonly number[]
}

/** What else there is to say of a changed configuration. */
export type Outlook = {
  readonly pulls: readonly PullSnapshot[]
  /** Further open pull requests, which were not looked at. */
  readonly more: number
  /** The names of the newest tags, where versions are not counted yet. */
  readonly tags: readonly string[]
}

export type PullSnapshot = PullFacts & {
  /** Null where nobody was asked to look ahead. */
  readonly outlook: Outlook | null
  /** Pushes to its branch; null while nobody had to know. */
  readonly pushes: Lookup<readonly Push[]> | null
  readonly comparisons: Comparisons
  /** ms, UTC */
  readonly now: number
  readonly issues: ReadonlyMap<string, Lookup<Issue>>
  /** When this issue was last found good for this pull request (ms, UTC). */
  readonly verified: ReadonlyMap<string, number>
  /** Those of the issues that Waybill itself moved to done. */
  readonly movedToDone: ReadonlySet<string>
  /** Since when Jira can't be read (ms, UTC); null while it can. */
  readonly jiraAwaySince: number | null
  /** The merged pull request that this one undoes; null where its branch is none of GitHub's “Revert” button, or it need not be known. */
  readonly reverts: Lookup<Reverted> | null
  /** When the configuration came to the base branch (ms, UTC), where that decides. */
  readonly configuredSince: number | null
  /** The merge queues that this head was seen in. */
  readonly queues: readonly QueueRef[]
  /** The checks that GitHub itself requires on the base branch; none where the configuration does not ask for them. */
  readonly required: Lookup<readonly RequiredCheck[]>
  /** GitHub wants every conversation resolved; false also where the rules of the branch were not asked for. */
  readonly wantsResolution: boolean
  /** The types of its issues as they were last found good for this pull request. */
  readonly types: ReadonlyMap<string, string>
  /** Where the line it goes into stands; null before its first pass. */
  readonly standing: LineStanding | null
  /** When Waybill first saw this head (ms, UTC). */
  readonly headSeenAt: number
  /** What was asked for in its comments and waits to be carried out. */
  readonly wishes: readonly Wish[]
  /** What Jira was to be told of it, and how that went. */
  readonly jira: readonly ReportTold[]
  /** What Jira said no to lately in this repository. */
  readonly actsRefused: readonly RefusedAct[]
  /** The builds on its branch whose end Jira was not told yet. */
  readonly unfinished: readonly UnfinishedBuild[]
  /** The development panel is `on`, and there are no credentials to tell it by. */
  readonly panelUntold: boolean
  /** What lets this head pass, and which of those who ask to override may (by account id). */
  readonly override: Override | null
  readonly overriders: ReadonlyMap<number, Lookup<boolean>>
  /** The snapshots of `sameHead`, judged by their own base's file. */
  readonly others: readonly PullSnapshot[]
}
