import type { Grade, Graded } from '../../model/grade.ts'
import type { Issue } from '../../model/issue.ts'
import type { Acting } from '../../model/issue-action.ts'
import type { Lookup } from '../../model/lookup.ts'
import type { Report } from '../../model/report.ts'

/** Jira. `readIssue` never rejects: what can't be read is `unknown`. */
export type Issues = {
  /** False: no Jira is configured, and the issue rules look at keys only. */
  readonly verifies: boolean
  /** `within`: a found issue of at most this age is good enough (ms); by default it is asked now. */
  readIssue(key: string, within?: number): Promise<Lookup<Issue>>
  /** Reads these anew, all together, and answers of which there is something new: another status, or not there under its key any more. */
  refresh(issueKeys: readonly string[]): Promise<readonly string[]>
  /** No answer of before is good enough any more. */
  forget(): void
  /** Does one thing to an issue. Never rejects on purpose; while Jira is `away` nothing can be done to any issue. */
  act(acting: Acting): Promise<Acted>
  /** False: no credentials for the panels are configured. */
  readonly panels: boolean
  /** Tells the panels. Never rejects on purpose; says of each report what became of it, and whether Jira is away for all. */
  send(reports: readonly Report[]): Promise<Delivered>
}

/**
 * `written`: what Jira calls the thing that was made. `done`: the issue now has a status of the category done. `doubtful`: Jira failed,
 * and it is not known whether at all or only at this one thing.
 */
export type Acted = {
  readonly grade: Grade
  readonly written: string | null
  readonly done: boolean
  readonly away: Delivered['away']
  readonly doubtful: boolean
}

/** `away`: nothing can be sent before `until` (ms, UTC), whatever it is. */
export type Delivered = {
  readonly graded: readonly Graded[]
  readonly away: { readonly until: number; readonly cause: string } | null
}
