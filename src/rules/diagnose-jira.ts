import type { Grade } from '../model/grade.ts'
import { isTrouble } from '../model/grade.ts'
import type { Diagnosis } from '../model/health.ts'
import type { JiraHealth } from '../model/jira-health.ts'
import type { ReportTold } from '../model/report.ts'

/** What keeps Jira from showing what it should: credentials, an outage, reports and acts that did not arrive. */
export function diagnoseJira({ credentials, asked, away, told, acts }: JiraHealth): readonly Diagnosis[] {
  const [act] = acts
  return [
    ...(credentials ? [] : asked.map((panel): Diagnosis => ({ kind: 'panel-without-credentials', panel }))),
    ...away.map((one): Diagnosis => ({ kind: 'jira-away', ...one })),
    ...reportKinds.flatMap((report) => troubleOf(report, told)),
    ...(act === undefined
      ? []
      : [{ kind: 'acts-troubled', count: acts.length, issueKey: act.issueKey, cause: act.cause } as const]),
  ]
}

const reportKinds = ['branch', 'pull', 'build', 'deployment', 'gone'] as const

function troubleOf(report: (typeof reportKinds)[number], told: readonly ReportTold[]): readonly Diagnosis[] {
  const own = told.filter(({ body }) => body.kind === report)
  const cause = own.flatMap(({ grade }) => (isTrouble(grade) && grade.kind !== 'reported' ? [grade.cause] : []))[0]
  if (cause === undefined) return []
  const count = (kind: Grade['kind']) => own.filter(({ grade }) => grade.kind === kind).length
  const grades = {
    reported: count('reported'),
    partly: count('partly'),
    notReported: count('not-reported'),
    kept: count('kept'),
  }
  return [{ kind: 'reports-troubled', report, ...grades, cause }]
}
