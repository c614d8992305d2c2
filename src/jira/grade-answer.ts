import type { Grade, Graded } from '../model/grade.ts'
import type { Report } from '../model/report.ts'
import { mostKeys } from './entities.ts'
import { listOf, objectOf } from './json.ts'

/** What an answer of 202 says of one report: Jira lists what it took and what it refused. */
export type Answered = {
  readonly report: Report
  /** Null: the answer has no such list at all. */
  readonly accepted: boolean | null
  /** Jira's reasons, null where it did not refuse. */
  readonly refused: string | null
}

/** 202 is no success by itself: a report counts as such when Jira named it as taken, and knows its issues. */
export function gradeAll(answer: unknown, answered: readonly Answered[]): readonly Graded[] {
  const unknown = unknownIssues(answer)
  return answered.map(({ report, accepted, refused }) => {
    const strangers = report.issueKeys.filter((key) => unknown.has(key.toUpperCase()))
    return { key: report.key, grade: gradeOf({ report, accepted, refused }, strangers) }
  })
}

/** The messages of `[{message}]`, in one line. */
export function messagesOf(errors: unknown): string {
  const messages = listOf(errors).map((one) => String(objectOf(one)['message'] ?? ''))
  return `Jira refused it: ${messages.join('; ').slice(0, 300)}`
}

function gradeOf({ report, accepted, refused }: Answered, strangers: readonly string[]): Grade {
  const unknown = `Jira does not know ${strangers.join(', ')}`
  const all = strangers.length === report.issueKeys.length
  if (refused !== null) return { kind: 'not-reported', cause: all ? unknown : refused }
  if (accepted === false) return { kind: 'not-reported', cause: all ? unknown : 'Jira did not say that it took it' }
  const over = report.issueKeys.length - mostKeys
  if (over > 0)
    return { kind: 'partly', cause: `Jira takes ${mostKeys} issues of one thing, and ${over} more were left out` }
  if (strangers.length === 0) return { kind: 'reported' }
  return { kind: all ? 'not-reported' : 'partly', cause: unknown }
}

function unknownIssues(answer: unknown): ReadonlySet<string> {
  const { unknownIssueKeys, unknownAssociations } = objectOf(answer)
  const associated = listOf(unknownAssociations).flatMap((one) => listOf(objectOf(one)['values']))
  return new Set([...listOf(unknownIssueKeys), ...associated].map((one) => String(one).toUpperCase()))
}
