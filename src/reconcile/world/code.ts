import type { BranchFacts } from '../../model/branch.ts'
import type { BranchRules } from '../../model/check.ts'
import type { Comparison } from '../../model/comparison.ts'
import type { People } from '../../model/config-schema.ts'
import type { Effect } from '../../model/effect.ts'
import type { LineFacts } from '../../model/line.ts'
import type { Lookup } from '../../model/lookup.ts'
import type { QueueFacts } from '../../model/merge-queue.ts'
import type { PastPulls } from '../../model/past-pull.ts'
import type { Press, PressSeen } from '../../model/press.ts'
import type { PullFacts } from '../../model/pull.ts'
import type { Push } from '../../model/push.ts'
import type { BranchRef, CommitRef, LineRef, PullRef, QueueRef, Ref, Repository, RunRef } from '../../model/ref.ts'
import type { Reverted } from '../../model/reverted.ts'
import type { RunFacts } from '../../model/run.ts'
import type { Listing } from '../../model/seen.ts'
import type { DeliveryPage } from './deliveries.ts'
import type { NewWish } from './inbox.ts'

/** The effects that change something at GitHub. */
export type CodeEffect = Extract<
  Effect,
  {
    kind:
      | 'post-check'
      | 'create-tag'
      | 'publish-release'
      | 'create-deployment'
      | 'deploy-branch'
      | 'set-status'
      | 'answer-run'
      | 'say-on-pull'
      | 'answer-wish'
      | 'call-people'
      | 'react'
  }
>

/** What a write at GitHub left behind: the id of the thing, and the commit it stands on where that matters. */
export type Written = { readonly id: number; readonly sha: string | null }

/**
 * GitHub. Every method rejects with `Failed` (model/failure) and never with anything else on purpose; partial data is
 * a failure, never "there is none".
 */
export type Code = {
  readBranch(ref: BranchRef): Promise<Lookup<BranchFacts>>
  /** Whether a head undoes, on its base, just what a merged pull request did there; `absent`: it does something else. */
  readRevert(repository: Repository, revert: Revert): Promise<Lookup<Reverted>>
  /** When the configuration came to a branch (ms, UTC). */
  readAdoption(repository: Repository, branch: string): Promise<Lookup<number>>
  /** `also`: teams whose members are to be known beside those the base's configuration names. */
  readPull(ref: PullRef, also?: readonly string[]): Promise<Lookup<PullFacts>>
  /** The latest updated open pull requests, `most` at most, and how many are open. */
  listOpenPulls(repository: Repository, most: number): Promise<OpenPulls>
  readQueue(ref: QueueRef): Promise<Lookup<QueueFacts>>
  /** The checks that GitHub itself requires on a branch, as of at most ten minutes ago. */
  readBranchRules(repository: Repository, branch: string): Promise<Lookup<BranchRules>>
  /** `settled`: which deployments were told to their end already. `comments`: those behind wishes to read again. `askers`: whose memberships count. */
  readLine(ref: LineRef, want: LineWant): Promise<Lookup<LineFacts>>
  /** Whether one of these tags carries the seal of an audit log, ours or another's. */
  readSealed(repository: Repository, tags: readonly string[]): Promise<boolean>
  /** The newest pushes to a branch, or of a person, up to `head`. Absent: GitHub keeps no list of them here. */
  readPushes(repository: Repository, of: PushesOf): Promise<Lookup<readonly Push[]>>
  /** Whether somebody is among these people now. */
  readStanding(
    repository: Repository,
    who: { readonly people: People; readonly person: { readonly id: number; readonly login: string } },
  ): Promise<Lookup<boolean>>
  /** What is too large to compare, or gone, is not the same. */
  compare(repository: Repository, comparison: Comparison): Promise<Lookup<boolean>>
  /** The subjects a commit belongs to: open pull requests by head, branches, lines. */
  readCommit(ref: CommitRef): Promise<readonly Ref[]>
  /** A run of GitHub Actions; null when it is gone. */
  readRun(ref: RunRef): Promise<RunFacts | null>
  /** The installations that are not suspended. */
  listInstallations(): Promise<readonly number[]>
  /** All repositories of an installation. */
  listRepositories(installationId: number): Promise<readonly ListedRepository[]>
  /** A page of GitHub's list of deliveries to us, newest first; from the first page on with `null`. */
  listDeliveries(cursor: string | null): Promise<DeliveryPage>
  /** What GitHub's record of a delivery says of a press. Absent: it has none like this. */
  readPress(press: Press, heardAt: number): Promise<Lookup<PressSeen>>
  /** Asks for one more attempt at a delivery. */
  redeliver(attempt: number): Promise<void>
  /** Everything in a repository that a sweep looks at: its line, open pull requests, branches without one. */
  listSubjects(repository: Repository): Promise<Listing>
  listRefs(repository: Repository): Promise<readonly Ref[]>
  /** Fifty pull requests in every state, last updated first. */
  listPastPulls(repository: Repository, after: string | null): Promise<PastPulls>
  /** Commands in the last comments of the pull requests touched last, heard of or not. */
  listCommands(repository: Repository): Promise<readonly NewWish[]>
  /** Is it there already? `unknown` when GitHub's lists may lag. For claims left unfinished. */
  look(repository: Repository, effect: CodeEffect, known: number | null): Promise<Lookup<Written>>
  /** Does it, once. `known` is the id an earlier write of the same key left (a comment to edit). */
  write(repository: Repository, effect: CodeEffect, known: number | null): Promise<Written>
}

/** `closed`: archived or disabled, so that nothing can be written. `configured`: its default branch holds a configuration file. */
export type ListedRepository = {
  readonly repository: Repository
  readonly closed: boolean
  readonly configured: boolean
}

/** Whose pushes: everybody's to one branch, or one person's anywhere. `head`: the commit that must have come by then. */
export type PushesOf = { readonly head: string } & ({ readonly branch: string } | { readonly login: string })

/** A merged pull request, by number, and the head that may undo it. */
export type Revert = { readonly pull: number; readonly base: string; readonly head: string }

export type OpenPulls = { readonly pulls: readonly PullRef[]; readonly total: number }

export type LineWant = {
  readonly settled: (deployments: readonly number[]) => Promise<ReadonlySet<number>>
  readonly comments: readonly { readonly commentId: number; readonly nodeId: string }[]
  /** Pull requests that need not be on the line: somebody asks something about them. */
  readonly pulls: readonly number[]
  readonly askers: readonly { readonly id: number; readonly login: string }[]
  /** The ids of those askers whose command is only for people with write access; of comments still to read it is found out. */
  readonly mustWrite: ReadonlySet<number>
}
