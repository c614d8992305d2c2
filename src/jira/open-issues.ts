import { unknown } from '../model/lookup.ts'
import type { Issues } from '../reconcile/world/issues.ts'
import type { IssuesOptions } from './issues.ts'
import { withoutAccount } from './without-account.ts'

/** Jira Cloud, or nothing where none is configured: jira.js takes 60 MB and most of a second, and is loaded only for somebody. */
export async function openIssues(options: IssuesOptions): Promise<Issues> {
  if (options.settings === null) return noIssues
  const { createIssues } = await import('./issues.ts')
  return createIssues(options)
}

const noIssues: Issues = {
  verifies: false,
  readIssue: async () => unknown('no Jira account is configured'),
  refresh: async () => [],
  forget: () => {},
  act: async () => withoutAccount,
  panels: false,
  send: async () => ({ graded: [], away: null }),
}
