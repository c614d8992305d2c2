import type { Graded } from '../../model/grade.ts'
import type { Act, Acting, RefusedAct } from '../../model/issue-action.ts'
import type { Repository } from '../../model/ref.ts'
import type { Report, ReportBody, ReportTold, UnfinishedBuild } from '../../model/report.ts'
import type { Acted } from './issues.ts'

/** What Jira is to be told, what became of it, and when it may be asked again. Every method is one committed statement or transaction. */
export type Telling = {
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
  /** The builds on a branch that Jira was told are pending or in progress. */
  unfinishedBuilds(repository: { readonly id: number }, branch: string): Promise<readonly UnfinishedBuild[]>
  /** How many entities of a kind Jira was told of, by issue, in all repositories. An issue that it was told nothing of is left out. */
  toldIssues(kind: ReportBody['kind'], issueKeys: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** What Jira was to be told is there in this repository. */
  toldThere(repository: { readonly id: number }): Promise<ToldThere>
  /** The open pull requests that name an issue, in all repositories. */
  openPulls(issueKey: string): Promise<readonly { readonly repository: string; readonly number: number }[]>
  /** A repository is left: nobody hears how its open pull requests end, so no issue waits for them. */
  loseSightOf(repository: { readonly id: number }): Promise<void>
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
  /** What may be done now (ms, UTC), in the order in which it was first wanted; issues with which there was trouble come last. */
  dueActs(
    repository: { readonly id: number },
    when: { readonly now: number; readonly limit: number },
  ): Promise<readonly Acting[]>
  /** Claims it: from here on it may be there. */
  beginAct(key: string): Promise<void>
  /** It is not to be done any more. */
  dropAct(key: string): Promise<void>
  gradeAct(acting: Acting, outcome: Pick<Acted, 'grade' | 'written' | 'done'>): Promise<void>
  nextActAt(repository: { readonly id: number }): Promise<number | null>
  /** What was not done, or not yet, and why; newest first. */
  troubledActs(repository: {
    readonly id: number
  }): Promise<readonly { readonly key: string; readonly issueKey: string; readonly cause: string }[]>
  /** What Jira said no to, newest first. */
  refusedActs(repository: { readonly id: number }): Promise<readonly RefusedAct[]>
  /** Those of the issues that Waybill itself moved last, to a status of the category done. */
  movedToDone(issueKeys: readonly string[]): Promise<ReadonlySet<string>>
}

/** Open pull requests, and branches. */
export type ToldThere = { readonly pulls: readonly number[]; readonly branches: readonly string[] }

/** A part of Jira that does not answer, or not to us. Times in ms, UTC; `tries`: how often it was asked since. */
export type Outage = {
  readonly until: number
  readonly tries: number
  readonly cause: string
  readonly since: number
}

/** `look-ups`: issues as the rules read them; the others are what Waybill tells Jira. */
export type OutageName = 'panels' | 'issues' | 'look-ups'

/** `after`: the page of past pull requests to go on with. */
export type BackfillMark = { readonly step: 'line' | 'open' | 'pulls' | 'done'; readonly after: string | null }
