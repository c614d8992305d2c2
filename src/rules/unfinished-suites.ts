import type { Check, CheckSuite, Checks } from '../model/check.ts'

/** GitHub Actions' own slug: its suites bring runs even while they have none (a job behind `needs:`). */
const actions = 'github-actions'

/**
 * Check suites that may still bring a run that counts: unfinished ones with runs, and any unfinished one of Actions. A
 * suite whose known runs all don't count (a nightly's, an ignored preview's) is left out.
 */
export function unfinishedSuites(checks: Checks, counts: (check: Check) => boolean): readonly CheckSuite[] {
  return checks.suites.filter((suite) => {
    if (suite.finished || (suite.runs === 0 && suite.app.slug !== actions)) return false
    const runs = checks.checks.filter((check) => check.suiteId === suite.id)
    return runs.length === 0 || runs.some(counts)
  })
}
