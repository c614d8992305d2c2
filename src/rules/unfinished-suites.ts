import type { Check, CheckSuite, Checks } from '../model/check.ts'
import { isOfCommit } from './counted-checks.ts'

/** GitHub Actions' own slug: its suites bring runs even while they have none (a job behind `needs:`). */
const actions = 'github-actions'

/**
 * Check suites that may still bring a run that counts: unfinished ones with runs, any unfinished one of Actions, and one
 * whose workflow GitHub holds back until somebody approves it. A suite whose known runs all don't count (a nightly's, an
 * ignored preview's) is left out.
 */
export function unfinishedSuites(checks: Checks, counts: (check: Check) => boolean): readonly CheckSuite[] {
  return checks.suites.filter((suite) => {
    const runs = checks.checks.filter((check) => check.suiteId === suite.id)
    if (runs.length > 0 && !runs.some(counts)) return false
    if (!isOfCommit(suite) && runs.length === 0) return false
    if (suite.awaitsApproval) return true
    return !suite.finished && (suite.runs > 0 || suite.app.slug === actions)
  })
}
