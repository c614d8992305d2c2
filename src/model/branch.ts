import type { Account } from './account.ts'
import type { Checks, PostedCheck } from './check.ts'
import type { ConfigRead } from './config-read.ts'
import type { Issue } from './issue.ts'
import type { Lookup } from './lookup.ts'
import type { BranchRef } from './ref.ts'
import type { Seen } from './seen.ts'

/** What GitHub says of a pushed branch and of every other branch at the same commit. */
export type BranchFacts = {
  readonly ref: BranchRef
  readonly repositoryUrl: string
  readonly defaultBranch: string
  readonly config: ConfigRead
  /** Null: the branch is gone. */
  readonly head: BranchHead | null
  /** What a sweep would find of it. */
  readonly seen: Seen | null
}

export type PushedCommit = {
  readonly sha: string
  readonly message: string
  readonly author: { readonly name: string; readonly email: string }
  /** ms, UTC */
  readonly committedAt: number
}

export type BranchHead = PushedCommit & {
  /** Newest first, the head left out: those of the last ten that the default branch lacks. */
  readonly earlier: readonly PushedCommit[]
  /** The repository's last push (ms, UTC): the sequence of what is said of this branch. */
  readonly pushedAt: number
  /** Who pushed this branch last, where GitHub says so. */
  readonly pusher: Account | null
  /** Open pull requests from this branch; when there is one the branch is judged by the gate instead. */
  readonly openPulls: readonly number[]
  /** The commit is already on a gated branch. */
  readonly onLine: boolean
  /** Other branches at the same commit, each with whether an open pull request comes from it. */
  readonly siblings: readonly { readonly name: string; readonly hasOpenPull: boolean }[]
  readonly checks: Checks
  readonly posted: readonly PostedCheck[]
}

export type BranchSnapshot = BranchFacts & {
  /** ms, UTC */
  readonly now: number
  readonly issues: ReadonlyMap<string, Lookup<Issue>>
  /** Those of the issues that Waybill itself moved to done. */
  readonly movedToDone: ReadonlySet<string>
  /** Since when Jira can't be read (ms, UTC); null while it can. */
  readonly jiraAwaySince: number | null
}
