import type { JiraHealth, Panel } from './jira-health.ts'

/** One thing about Jira that is not as it should be. */
export type JiraDiagnosis =
  /** `site` null: no Jira is configured at all. `wanted`: what the configuration asks of it. */
  | { readonly kind: 'account-missing'; readonly wanted: readonly string[]; readonly site: string | null }
  | { readonly kind: 'account-fails'; readonly cause: string; readonly remedy: string }
  | { readonly kind: 'panel-without-credentials'; readonly panel: string }
  /** They are `auto`. */
  | { readonly kind: 'panels-untold'; readonly panels: readonly Panel[] }
  | {
      readonly kind: 'panels-fail'
      readonly panels: readonly Panel[]
      readonly cause: string
      readonly remedy: string
    }
  | { readonly kind: 'project-unseen'; readonly project: string }
  | { readonly kind: 'project-unread'; readonly project: string; readonly cause: string }
  | { readonly kind: 'project-permissions'; readonly project: string; readonly lacks: readonly string[] }
  | { readonly kind: 'others-unseen'; readonly panels: readonly Panel[]; readonly cause: string }
  | { readonly kind: 'panel-told-twice'; readonly panel: Panel; readonly issueKeys: readonly string[] }
  | { readonly kind: 'panel-told-by-others'; readonly panel: Panel; readonly issueKeys: readonly string[] }
  /** The file in which the official app is configured. */
  | { readonly kind: 'jira-app-file' }
  | { readonly kind: 'jira-away'; readonly part: JiraHealth['away'][number]['part']; readonly cause: string }
  | {
      readonly kind: 'reports-troubled'
      readonly report: 'branch' | 'pull' | 'build' | 'deployment' | 'gone'
      readonly reported: number
      readonly partly: number
      readonly notReported: number
      readonly kept: number
      readonly cause: string
    }
  | { readonly kind: 'acts-troubled'; readonly count: number; readonly issueKey: string; readonly cause: string }
