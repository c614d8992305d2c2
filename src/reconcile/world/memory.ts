import type { ChainHead } from '../../model/audit.ts'
import type { AuditEntry } from '../../model/audit-entry.ts'
import type { ConfigBefore } from '../../model/config-before.ts'
import type { ConfigFile } from '../../model/config-file.ts'
import type { Decision } from '../../model/decision.ts'
import type { LineStanding } from '../../model/line-standing.ts'
import type { Override } from '../../model/override.ts'
import type { LineRef, PullRef, Ref, Repository } from '../../model/ref.ts'
import type { Command, Wish, WishState } from '../../model/wish.ts'
import type { DeliveriesSeen, FailedDelivery } from './deliveries.ts'
import type { NewWish } from './inbox.ts'
import type { Telling } from './telling.ts'
import type { Writes } from './writes.ts'

/** What GitHub can't tell us. Every method is one committed statement or transaction. */
export type Memory = Writes & Telling & Known

/** What was asked and decided, and what was seen. */
type Known = {
  /** Wishes that are not answered to the end. */
  openWishes(repository: Repository): Promise<readonly Wish[]>
  settleWish(wish: number, change: WishChange): Promise<void>
  /** Writes down what was asked, each comment once. What was written before the database was made is nobody's wish any more. */
  hear(wishes: readonly NewWish[]): Promise<void>
  /** What was decided in this repository, oldest first. */
  decisions(repository: Repository): Promise<readonly Decision[]>
  /** Appends once per `key`; the time is the database's. */
  decide(repository: Repository, decision: Omit<Decision, 'at'>): Promise<void>
  /** The override granted last for this head of this pull request. */
  overrideOf(
    repository: Repository,
    head: { readonly pull: number; readonly sha: string; readonly base: string },
  ): Promise<Override | null>
  verified(repository: Repository, pull: number): Promise<ReadonlyMap<string, number>>
  /** The issues found good for pull requests of these repositories that Jira was told are open. */
  verifiedOpenPulls(repositories: readonly { readonly id: number }[]): Promise<readonly VerifiedPull[]>
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
  /** The newest configuration file that Waybill could read on a branch. */
  goodFile(repository: { readonly id: number }, branch: string): Promise<ConfigFile | null>
  keepGoodFile(repository: { readonly id: number }, branch: string, file: ConfigFile): Promise<void>
  /** The accounts that a branch's configuration names, by login in small letters; null: GitHub knew none when it was bound. */
  accountsBound(repository: { readonly id: number }, branch: string): Promise<ReadonlyMap<string, number | null>>
  /** Binds logins to accounts, each once, and lets go of those that are not `named` any more. Answers what is bound then. */
  bindAccounts(
    repository: { readonly id: number },
    branch: string,
    logins: { readonly named: readonly string[]; readonly found: ReadonlyMap<string, number | null> },
  ): Promise<ReadonlyMap<string, number | null>>
  /** What was in force on a line at its last pass; null where nothing was. */
  configBefore(ref: LineRef): Promise<ConfigBefore | null>
  keepConfig(ref: LineRef, config: ConfigBefore | null): Promise<void>
  /** The lines that a configuration of their own is in force on, as far as passes found. */
  linesInForce(): Promise<readonly LineInForce[]>
  deliveriesSeen(): Promise<DeliveriesSeen>
  sawDeliveries(mark: DeliveriesSeen): Promise<void>
  /** Those of them that were never stored and may be asked for again now; they count as asked for. */
  claimRedeliveries(failed: readonly FailedDelivery[]): Promise<readonly FailedDelivery[]>
  /** It could not be asked for after all: the next round may. */
  releaseRedelivery(id: string): Promise<void>
  /** The last snapshot of a subject, for people to look at; rules never read it. */
  saveSnapshot(ref: Ref, snapshot: string): Promise<void>
}

/** `since` when (ms, UTC) just this configuration is in force. */
export type LineInForce = { readonly ref: LineRef; readonly since: number }

export type WishChange = {
  readonly state?: WishState
  readonly command?: Command
  readonly seen?: true
  readonly answered?: true
}

export type VerifiedPull = { readonly repositoryId: number; readonly pull: number; readonly issueKey: string }
