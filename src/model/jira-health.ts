import type { Lookup } from './lookup.ts'
import type { ReportTold } from './report.ts'

/** How this installation stands with Jira, and what of a repository it was told. */
export type JiraHealth = {
  /** Without a slash at the end; null: no Jira is configured. */
  readonly site: string | null
  /** The API token, tried just now. */
  readonly account: Tried
  /** What the configuration wants the account for: `issues.verify`, `jira.comment`, … */
  readonly wanted: readonly string[]
  /** Which of the permissions it needs the account lacks in each project. Absent: it can't see the project. */
  readonly projects: readonly { readonly key: string; readonly lacks: Lookup<readonly string[]> }[]
  /** The panels that are not off, with the OAuth credentials tried just now. */
  readonly panels: readonly { readonly panel: Panel; readonly set: 'auto' | 'on'; readonly tried: Tried }[]
  /** The issues at which a panel shows what Waybill did not tell it. */
  readonly others: readonly { readonly panel: Panel; readonly seen: Lookup<SeenOfOthers> }[]
  /** The parts of Jira that do not answer now. */
  readonly away: readonly { readonly part: 'panels' | 'issues' | 'look-ups'; readonly cause: string }[]
  readonly told: readonly ReportTold[]
  /** What issues did not get, or not yet. */
  readonly acts: readonly { readonly key: string; readonly issueKey: string; readonly cause: string }[]
}

/** The permission without which nobody sees what the panels show; Waybill's own work does not need it. */
export const seesPanels = 'VIEW_DEV_TOOLS'

export type Panel = 'development' | 'builds' | 'deployments'

/** How a try with credentials went; `cause` and `remedy` are clauses for a person and hold no token. */
export type Tried =
  /** Not configured. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'works' }
  | { readonly kind: 'fails'; readonly cause: string; readonly remedy: string }

export type SeenOfOthers = {
  /** Waybill told of them, and more is shown. */
  readonly twice: readonly string[]
  /** Waybill told nothing of them, for no repository. */
  readonly strange: readonly string[]
}
