import type { AuditRow, ChainHead } from '../model/audit.ts'
import type { BranchFacts } from '../model/branch.ts'
import type { RequiredCheck } from '../model/check.ts'
import type { Comparison } from '../model/comparison.ts'
import type { ConfigBefore } from '../model/config-before.ts'
import type { ConfigFile } from '../model/config-file.ts'
import type { People } from '../model/config-schema.ts'
import type { Decision } from '../model/decision.ts'
import type { AuditEntry, Effect } from '../model/effect.ts'
import type { Grade, Graded } from '../model/grade.ts'
import type { Issue } from '../model/issue.ts'
import type { Act, Acting } from '../model/issue-action.ts'
import type { LineFacts, Tag, Told } from '../model/line.ts'
import type { LineStanding } from '../model/line-standing.ts'
import type { Lookup } from '../model/lookup.ts'
import type { QueueFacts } from '../model/merge-queue.ts'
import type { Override } from '../model/override.ts'
import type { PastPulls } from '../model/past-pull.ts'
import type { Press, PressSeen } from '../model/press.ts'
import type { PullFacts } from '../model/pull.ts'
import type { Push } from '../model/push.ts'
import type { BranchRef, CommitRef, LineRef, PullRef, QueueRef, Ref, Repository, RunRef } from '../model/ref.ts'
import type { Report, ReportTold } from '../model/report.ts'
import type { Reverted } from '../model/reverted.ts'
import type { RunFacts } from '../model/run.ts'
import type { Command, Wish, WishState } from '../model/wish.ts'

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
  readRequiredChecks(repository: Repository, branch: string): Promise<Lookup<readonly RequiredCheck[]>>
  /** `settled`: which deployments were told to their end already. `comments`: those behind wishes to read again. `askers`: whose memberships count. */
  readLine(ref: LineRef, want: LineWant): Promise<Lookup<LineFacts>>
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
  /** All repositories of all installations. */
  listRepositories(): Promise<readonly Repository[]>
  /** A page of GitHub's list of deliveries to us, newest first; from the first page on with `null`. */
  listDeliveries(cursor: string | null): Promise<DeliveryPage>
  /** What GitHub's record of a delivery says of a press. Absent: it has none like this. */
  readPress(press: Press, heardAt: number): Promise<Lookup<PressSeen>>
  /** Asks for one more attempt at a delivery. */
  redeliver(attempt: number): Promise<void>
  /** Everything in a repository that a sweep looks at: its line, open pull requests, branches without one. */
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

/** Whose pushes: everybody's to one branch, or one person's anywhere. `head`: the commit that must have come by then. */
export type PushesOf = { readonly head: string } & ({ readonly branch: string } | { readonly login: string })

/** An event none of whose attempts on a page was answered well: GitHub's id of the newest of them. */
export type FailedDelivery = { readonly id: string; readonly attempt: number; readonly deliveredAt: number }

export type DeliveryPage = {
  readonly failed: readonly FailedDelivery[]
  /** When the oldest attempt on it was made (ms, UTC); null on an empty page. */
  readonly oldest: number | null
  /** Where the next page begins, or null. */
  readonly next: string | null
}

/** How far the list of deliveries was read: everything before `until` (ms, UTC), and on from `cursor` in a round begun at `begun`. */
export type DeliveriesSeen = { readonly until: number; readonly begun: number; readonly cursor: string | null }

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

/** Jira. `readIssue` never rejects: what can't be read is `unknown`. */
export type Issues = {
  /** False: no Jira is configured, and the issue rules look at keys only. */
  readonly verifies: boolean
  /** `within`: a found issue of at most this age is good enough (ms); by default it is asked now. */
  readIssue(key: string, within?: number): Promise<Lookup<Issue>>
  /** No answer of before is good enough any more. */
  forget(): void
  /** Does one thing to an issue. Never rejects on purpose; while Jira is `away` nothing can be done to any issue. */
  act(acting: Acting): Promise<Acted>
  /** False: no credentials for the panels are configured. */
  readonly panels: boolean
  /** Tells the panels. Never rejects on purpose; says of each report what became of it, and whether Jira is away for all. */
  send(reports: readonly Report[]): Promise<Delivered>
}

/** `written`: what Jira calls the thing that was made. `done`: the issue now has a status of the category done. */
export type Acted = {
  readonly grade: Grade
  readonly written: string | null
  readonly done: boolean
  readonly away: Delivered['away']
}

/** `away`: nothing can be sent before `until` (ms, UTC), whatever it is. */
export type Delivered = {
  readonly graded: readonly Graded[]
  readonly away: { readonly until: number; readonly cause: string } | null
}

/** `look-ups`: issues as the rules read them; the others are what Waybill tells Jira. */
export type OutageName = 'panels' | 'issues' | 'look-ups'

/** `after`: the page of past pull requests to go on with. */
export type BackfillMark = { readonly step: 'line' | 'open' | 'pulls' | 'done'; readonly after: string | null }

/** A part of Jira that does not answer, or not to us. Times in ms, UTC; `tries`: how often it was asked since. */
export type Outage = {
  readonly until: number
  readonly tries: number
  readonly cause: string
  readonly since: number
}

/** The right to write on behalf of one pass. Lost when another pass took the subject over. */
export type Pass = { readonly ref: string; readonly token: string }

export type Claim =
  /** Nobody tried before: go ahead. */
  | { readonly kind: 'fresh' }
  /** A pass claimed it and never confirmed: look before writing again. `since` ms, UTC. */
  | { readonly kind: 'unfinished'; readonly since: number }
  | { readonly kind: 'done'; readonly written: Written; readonly since: number }

/** What GitHub can't tell us. Every method is one committed statement or transaction. */
export type Memory = {
  beginPass(ref: Ref): Promise<Pass>
  /** False: a later pass for the same subject has begun; nothing irreversible may be written any more. */
  holds(pass: Pass): Promise<boolean>
  /** What this pass found under way: news of one such check decides nothing while others on its commit are awaited. */
  await(pass: Pass, awaited: Awaited): Promise<void>
  /** Takes the claim on `key` for this fingerprint, or says how it stands. A done claim of another fingerprint is fresh again, with its old id kept. */
  claim(
    repository: Repository,
    key: string,
    fingerprint: string,
  ): Promise<{ readonly claim: Claim; readonly known: number | null }>
  /** What is there now, and the fingerprint of what it says. */
  confirm(
    repository: Repository,
    key: string,
    done: { readonly written: Written; readonly fingerprint: string },
  ): Promise<void>
  /** Takes a claim again right before its write is tried again: it counts as begun now, for these words. */
  renew(repository: Repository, key: string, fingerprint: string): Promise<void>
  /** Gives an unfinished claim back after GitHub certainly did nothing. */
  release(repository: Repository, key: string): Promise<void>
  /** The fingerprints of what was said last (comments: confirmed claims; reports), by effect key. */
  told(repository: Repository, prefixes: readonly string[]): Promise<Told>
  /** The fingerprints of what was said last under exactly these effect keys. */
  toldOf(repository: Repository, keys: readonly string[]): Promise<Told>
  /** Which of these deployments were told to their end. */
  settledAmong(repository: Repository, deployments: readonly number[]): Promise<ReadonlySet<number>>
  settleDeployment(repository: Repository, deployment: number): Promise<void>
  /** Wishes that are not answered to the end. */
  openWishes(repository: Repository): Promise<readonly Wish[]>
  settleWish(wish: number, change: WishChange): Promise<void>
  /** The tags that were made on these commits, by confirmed claims. */
  tagsMadeOn(repository: Repository, shas: readonly string[]): Promise<readonly Tag[]>
  /** Writes down what was asked, each comment once. What was written before the database was made is nobody's wish any more. */
  hear(wishes: readonly NewWish[]): Promise<void>
  /** What was decided in this repository, oldest first. */
  decisions(repository: Repository): Promise<readonly Decision[]>
  /** Appends once per `key`; the time is the database's. */
  decide(repository: Repository, decision: Omit<Decision, 'at'>): Promise<void>
  /** The override granted last for this head of this pull request. */
  overrideOf(repository: Repository, head: { readonly pull: number; readonly sha: string }): Promise<Override | null>
  verified(repository: Repository, pull: number): Promise<ReadonlyMap<string, number>>
  rememberVerified(
    repository: Repository,
    pull: number,
    verified: { readonly key: string; readonly at: number; readonly type: string },
  ): Promise<void>
  /** The types of pull requests' issues as their gates last read them, by number and key. */
  issueTypes(
    repository: { readonly id: number },
    pulls: readonly number[],
  ): Promise<ReadonlyMap<number, ReadonlyMap<string, string>>>
  /** Tags of versions that were burned and never count. */
  voidVersions(repository: { readonly id: number }): Promise<ReadonlySet<string>>
  saveVoidVersion(repository: { readonly id: number }, tag: string): Promise<void>
  /** Where a line stands, as its last pass found; null before the first one. */
  standing(line: Pick<LineRef, 'repository' | 'branch'>): Promise<LineStanding | null>
  saveStanding(line: LineRef, standing: LineStanding): Promise<void>
  /** When this commit was first seen under this subject (ms, UTC); now, the first time. */
  headSeen(ref: PullRef | LineRef, sha: string): Promise<number>
  /** Which subjects a commit was last seen under. */
  rememberHead(ref: Ref, sha: string): Promise<void>
  refsAt(repository: { readonly id: number }, sha: string): Promise<readonly Ref[]>
  /** Appends once per `entry.key`, in one line however many append. `policy`: the configuration in force. */
  audit(repository: Repository, entry: AuditEntry & { readonly policy: string | null }): Promise<void>
  /** The newest row, to be written outside the database. */
  auditHead(): Promise<ChainHead>
  /** Keeps the newest state of an entity for Jira; an equal one changes nothing, a different one rises in sequence. */
  saveReport(repository: Repository, report: Report): Promise<void>
  /** What may be sent now (ms, UTC), longest waiting first. */
  dueReports(
    repository: { readonly id: number },
    when: { readonly now: number; readonly limit: number },
  ): Promise<readonly Report[]>
  /** When something waiting may be sent (ms, UTC); null: nothing waits. */
  nextReportAt(repository: { readonly id: number }): Promise<number | null>
  gradeReports(graded: readonly (Graded & { readonly sequence: number })[]): Promise<void>
  /** What Jira was to be told under keys with these beginnings. What is muted is left out. */
  reported(repository: { readonly id: number }, prefixes: readonly string[]): Promise<readonly ReportTold[]>
  /** The open pull requests that name an issue, in all repositories. */
  openPulls(issueKey: string): Promise<readonly { readonly repository: string; readonly number: number }[]>
  /** How far the past of a repository was told; null: not begun. */
  backfillMark(repository: { readonly id: number }, since: number): Promise<BackfillMark | null>
  saveBackfillMark(repository: { readonly id: number }, since: number, mark: BackfillMark): Promise<void>
  outage(name: OutageName): Promise<Outage | null>
  saveOutage(name: OutageName, outage: Outage): Promise<void>
  endOutage(name: OutageName): Promise<void>
  /** Reports of this repository that a line may have to correct: open pull requests, and promotions that wait. */
  standingReports(repository: { readonly id: number }): Promise<readonly ReportTold[]>
  /** Keeps what an issue is to get. A comment or a link follows its newest words; anything else happens once. */
  saveAct(repository: Repository, act: Act): Promise<void>
  /** What may be done now (ms, UTC), in the order in which it was first wanted. */
  dueActs(
    repository: { readonly id: number },
    when: { readonly now: number; readonly limit: number },
  ): Promise<readonly Acting[]>
  /** Claims it: from here on it may be there. */
  beginAct(key: string): Promise<void>
  gradeAct(acting: Acting, outcome: Pick<Acted, 'grade' | 'written' | 'done'>): Promise<void>
  nextActAt(repository: { readonly id: number }): Promise<number | null>
  /** What was not done, or not yet, and why; newest first. */
  troubledActs(repository: {
    readonly id: number
  }): Promise<readonly { readonly key: string; readonly issueKey: string; readonly cause: string }[]>
  /** Those of the issues that Waybill itself moved last, to a status of the category done. */
  movedToDone(issueKeys: readonly string[]): Promise<ReadonlySet<string>>
  /** The newest configuration file that Waybill could read on a branch. */
  goodFile(repository: { readonly id: number }, branch: string): Promise<ConfigFile | null>
  keepGoodFile(repository: { readonly id: number }, branch: string, file: ConfigFile): Promise<void>
  /** What was in force on a line at its last pass; null where nothing was. */
  configBefore(ref: LineRef): Promise<ConfigBefore | null>
  keepConfig(ref: LineRef, config: ConfigBefore | null): Promise<void>
  deliveriesSeen(): Promise<DeliveriesSeen>
  sawDeliveries(mark: DeliveriesSeen): Promise<void>
  /** Those of them that were never stored and may be asked for again now; they count as asked for. */
  claimRedeliveries(failed: readonly FailedDelivery[]): Promise<readonly FailedDelivery[]>
  /** The last snapshot of a subject, for people to look at; rules never read it. */
  saveSnapshot(ref: Ref, snapshot: string): Promise<void>
}

/** The audit log for people to read: all of it, or one repository's. */
export type Audit = {
  head(): Promise<ChainHead>
  /** In order of their numbers. */
  rows(of: { readonly repositoryId: number | null }): AsyncIterable<AuditRow>
  /** How many rows are from before the chain. */
  unchained(): Promise<number>
}

export type WishChange = {
  readonly state?: WishState
  readonly command?: Command
  readonly seen?: true
  readonly answered?: true
}

/** GitHub is not to be called for an installation before `until` (ms, UTC). `outage`: it did not answer; else it asked for it. */
export type Limit = {
  readonly installation: string
  readonly until: number
  readonly cause: string
  readonly outage: boolean
}

/** What GitHub told one process, for all of them. `now` is the caller's clock (ms, UTC). */
export type Limits = {
  read(now: number): Promise<readonly Limit[]>
  keep(limit: Limit, now: number): Promise<void>
  /** After an outage: whether the caller is the one to try. Then nobody else is before `until`. */
  claimProbe(limit: Limit, now: number): Promise<boolean>
  end(installation: string): Promise<void>
}

/** The durable queue: one pass at a time per subject, hints merge. */
export type Queue = {
  hint(ref: Ref): Promise<void>
  /** Look again not before `at` (ms, UTC); an earlier pass that begins after now makes it unnecessary. */
  remind(ref: Ref, at: number): Promise<void>
  /** Something is waiting for Jira in this repository. */
  hintOutbox(repository: Repository): Promise<void>
  /** What waits for Jira may be sent from `at` on (ms, UTC). */
  remindOutbox(repository: Repository, at: number): Promise<void>
}

/**
 * What a pass needs of the outside. `now` gives ms, UTC. `crashpoint` is a no-op outside tests. `lag`: how long (ms) a
 * write whose answer was lost may still be on its way, and GitHub's lists behind it.
 */
export type World = {
  readonly code: Code
  readonly issues: Issues
  readonly memory: Memory
  readonly queue: Queue
  readonly log: Log
  readonly now: () => number
  readonly lag: number
  readonly crashpoint: (name: string) => void
}

/** Facts for the operator; never a token, a secret or a payload. */
export type Log = {
  info(facts: LogFacts, message: string): void
  warn(facts: LogFacts, message: string): void
  error(facts: LogFacts, message: string): void
}
export type LogFacts = Readonly<Record<string, string | number | boolean | null>>

/** `now`: somebody waits for the answer. `soon`: nothing can be decided by it alone, so others may join it first. */
export type Hint = { readonly ref: Ref; readonly when: 'now' | 'soon'; readonly check?: CheckNews }

/** One check's news. `id`: `run:ID` or `status:NAME`. `decided`: it did not simply pass. */
export type CheckNews = {
  readonly sha: string
  readonly id: string
  readonly state: 'begun' | 'passed' | 'decided'
}

/** The ids of checks under way, by commit. */
export type Awaited = Readonly<Record<string, readonly string[]>>

/** What a delivery leaves behind: where to look, and what somebody asked for. Never its payload. */
export type Delivery = {
  /** GitHub's `X-GitHub-Delivery`. */
  readonly id: string
  readonly hints: readonly Hint[]
  readonly wish: NewWish | null
  /** An open pull request and its branch, so that pushes to that branch are not looked at twice. */
  readonly pull: {
    readonly repositoryId: number
    readonly branch: string
    readonly number: number
    readonly open: boolean
  } | null
}

export type NewWish = Pick<Wish, 'repositoryId' | 'pull' | 'commentId' | 'commentNodeId' | 'press' | 'by' | 'writtenAt'>

/** Takes deliveries in: one committed transaction each, before GitHub gets its 202. */
export type Inbox = {
  /** `known`: this delivery id was stored before, and nothing happened now. */
  accept(delivery: Delivery): Promise<'stored' | 'known'>
  /** The open pull request from this branch, as far as deliveries told. */
  pullOf(repositoryId: number, branch: string): Promise<number | null>
}

/** What the queue calls. A handler that rejects is tried again with growing pauses, then parked until a new hint. */
export type Work = {
  pass(ref: Ref): Promise<void>
  outbox(repository: Repository): Promise<void>
  sweep(): Promise<void>
}
