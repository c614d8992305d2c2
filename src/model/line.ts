import type { Account } from './account.ts'
import type { CheckState, Checks, PostedCheck, RequiredCheck } from './check.ts'
import type { Comparisons } from './comparison.ts'
import type { ConfigBefore } from './config-before.ts'
import type { ConfigRead } from './config-read.ts'
import type { Decision } from './decision.ts'
import type { Deployment } from './deployment.ts'
import type { Issue } from './issue.ts'
import type { RefusedAct } from './issue-action.ts'
import type { LineStanding } from './line-standing.ts'
import type { Lookup } from './lookup.ts'
import type { PressSeen } from './press.ts'
import type { Commit } from './pull.ts'
import type { Push } from './push.ts'
import type { LineRef } from './ref.ts'
import type { ReportTold, UnfinishedBuild } from './report.ts'
import type { Reporting } from './reporter.ts'
import type { Wish, WishComment } from './wish.ts'

/** The pull request a commit on the line came from. */
export type MergedPull = {
  readonly number: number
  readonly title: string
  readonly url: string
  readonly branch: string
  readonly author: Account | null
  readonly headSha: string
  readonly labels: readonly string[]
  readonly assignees: readonly Account[]
  /** What the newest run of Waybill's gate on the merged head concluded; null when there is none, or it runs. */
  readonly gate: CheckState | null
  /** Null when GitHub did not give all of them: then somebody unknown wrote it. */
  readonly commits: readonly Commit[] | null
  /** Who approved the merged head, implementers not yet taken out. */
  readonly approvers: readonly Account[]
  /** ms, UTC */
  readonly createdAt: number
  readonly updatedAt: number
  readonly mergedAt: number
}

/** One commit of the line's first-parent history. */
export type LineCommit = Commit & {
  /** ms, UTC */
  readonly committedAt: number
  readonly pull: MergedPull | null
  /** Of a merge without a pull request: the commits that it brought from its other parents; one of nobody's where not all were read. */
  readonly brought: readonly Commit[]
  readonly checks: Lookup<Checks>
  /** What Waybill said on it; null where more reported than was read. */
  readonly posted: readonly PostedCheck[] | null
}

/** A pull request that somebody asked something on, or that holds a rush box. It need not be merged. */
export type PullBeside = {
  readonly number: number
  readonly title: string
  readonly url: string
  readonly author: Account | null
  readonly branch: string
  readonly headSha: string
  readonly isFork: boolean
  readonly state: 'open' | 'closed' | 'merged'
  readonly checks: Lookup<Checks>
  /** The newest answer of its gate that is posted on the head; `next`: the one thing to do, in Markdown as it is posted. */
  readonly gate: {
    readonly conclusion: CheckState | null
    readonly title: string
    readonly next: string | null
  } | null
}

/** A tag and the commit it comes down to, whether it is annotated or not. */
export type Tag = { readonly name: string; readonly sha: string }

/** What GitHub says of a line. */
export type LineFacts = {
  readonly ref: LineRef
  readonly repositoryUrl: string
  readonly defaultBranch: string
  readonly config: ConfigRead
  readonly headSha: string
  /** The open pull requests into this branch, the 100 that changed last. */
  readonly openPulls: readonly number[]
  /** In an organisation's `.github` repository, what names its file of defaults; null everywhere else. */
  readonly defaultsFile: string | null
  /** First-parent history, newest first, as far back as the answers need it. */
  readonly commits: readonly LineCommit[]
  /** The walk ended at the commit that brought the file (not among `commits`), at an older version, or at its limit. */
  readonly walk: 'adoption' | 'version' | 'limit'
  readonly tags: readonly Tag[]
  /** The names of version-like tags on commits of the line's history below those that were walked, as far as it matters. */
  readonly below: ReadonlySet<string>
  /** Tags that have a published release. */
  readonly released: readonly string[]
  /** Deployments in configured environments, newest first. */
  readonly deployments: readonly Deployment[]
  /** By number: those that somebody asks something on, and those that hold a rush box. */
  readonly pulls: ReadonlyMap<number, Lookup<PullBeside>>
  /** The comments behind wishes that were only asked yet, by comment id. */
  readonly comments: ReadonlyMap<number, Lookup<WishComment>>
  /** For each `@org/team` the configuration names: the ids of those askers who are in it. */
  readonly members: ReadonlyMap<string, Lookup<readonly number[]>>
  readonly reporting: Reporting
  /** For `write-access`: the ids of askers who may push. */
  readonly writers: Lookup<readonly number[]>
}

/** GitHub's no to an effect: why, and what to change. */
export type Refusal = { readonly cause: string; readonly remedy: string }

/** What was said last under a key, so that nothing is said twice. */
export type Told = ReadonlyMap<string, string>

export type LineSnapshot = LineFacts & {
  /** What GitHub's record says of presses that were only heard of yet, by wish. */
  readonly presses: ReadonlyMap<number, Lookup<PressSeen>>
  /** What Jira was told and may have to be corrected: open pull requests, promotions that wait. */
  readonly jira: readonly ReportTold[]
  /** What Jira said no to lately in this repository. */
  readonly actsRefused: readonly RefusedAct[]
  /** The builds on the line whose end Jira was not told yet. */
  readonly unfinished: readonly UnfinishedBuild[]
  /** What was in force at the last pass. */
  readonly configBefore: ConfigBefore | null
  /** What people who ask to promote pushed, by account id. */
  readonly pushes: ReadonlyMap<number, Lookup<readonly Push[]>>
  readonly comparisons: Comparisons
  /** ms, UTC */
  readonly now: number
  readonly wishes: readonly Wish[]
  /** The tags Waybill made on commits that were read, where it made them. */
  readonly madeTags: readonly Tag[]
  /** Oldest first. */
  readonly decisions: readonly Decision[]
  readonly issues: ReadonlyMap<string, Lookup<Issue>>
  readonly told: Told
  /** The types of issues as the gates of their pull requests read them, by number and key. */
  readonly types: ReadonlyMap<number, ReadonlyMap<string, string>>
  /** Tags of versions that were burned: they count for nothing, and their names are taken. */
  readonly voids: ReadonlySet<string>
  /** The checks that GitHub requires on this branch; none where the configuration does not ask for them. */
  readonly required: Lookup<readonly RequiredCheck[]>
  /** When commits that no pull request is known for were first seen on the line (ms, UTC), as far as no version carries them. */
  readonly seenAt: ReadonlyMap<string, number>
  /** Where the line stood after its last pass. */
  readonly standing: LineStanding | null
  /** A Waybill with another database released here; false once the database knows the line. */
  readonly sealedBefore: boolean
  /** What GitHub refused in this pass, by the effect's key. */
  readonly refused: ReadonlyMap<string, Refusal>
}
