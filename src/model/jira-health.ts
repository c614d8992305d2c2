import type { ReportTold } from './report.ts'

/** How this installation stands with Jira, and what of a repository it was told. */
export type JiraHealth = {
  /** Whether OAuth credentials for the panels are configured. */
  readonly credentials: boolean
  /** The panels that the configuration asks for with `on`. */
  readonly asked: readonly string[]
  /** The parts of Jira that do not answer now. */
  readonly away: readonly { readonly part: 'panels' | 'issues' | 'look-ups'; readonly cause: string }[]
  readonly told: readonly ReportTold[]
  /** What issues did not get, or not yet. */
  readonly acts: readonly { readonly key: string; readonly issueKey: string; readonly cause: string }[]
}
