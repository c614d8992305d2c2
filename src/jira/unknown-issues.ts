import type { Report } from '../model/report.ts'
import type { RefusedReport } from '../reconcile/world.ts'
import { listOf, objectOf } from './json.ts'

/** One entry for each report that names issues Jira says it does not know; it is shown at its other issues all the same. */
export function unknownIssues(answer: unknown, reports: readonly Report[]): readonly RefusedReport[] {
  const { unknownIssueKeys, unknownAssociations } = objectOf(answer)
  const associated = listOf(unknownAssociations).flatMap((one) => listOf(objectOf(one)['values']))
  const unknown = new Set([...listOf(unknownIssueKeys), ...associated].map((one) => String(one).toUpperCase()))
  return reports.flatMap(({ key, issueKeys }) => {
    const own = issueKeys.filter((one) => unknown.has(one.toUpperCase()))
    return own.length === 0 ? [] : [{ key, cause: `Jira does not know ${own.join(', ')}` }]
  })
}

/** The messages of `[{message}]`, in one line. */
export function messagesOf(errors: unknown): string {
  const messages = listOf(errors).map((one) => String(objectOf(one)['message'] ?? ''))
  return `Jira refused it: ${messages.join('; ').slice(0, 300)}`
}

/** One entry for each report: what was refused outright says more than what was not known. */
export function onePerReport(entries: readonly RefusedReport[]): readonly RefusedReport[] {
  return [...new Map(entries.toReversed().map((one) => [one.key, one])).values()].toReversed()
}
