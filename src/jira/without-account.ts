import type { Acted } from '../reconcile/world/issues.ts'

/** What becomes of everything on an issue where Waybill has no account in Jira. */
export const withoutAccount: Acted = {
  grade: { kind: 'not-reported', cause: 'no Jira account is configured (JIRA_EMAIL and JIRA_API_TOKEN)' },
  written: null,
  done: false,
  away: null,
  doubtful: false,
}
