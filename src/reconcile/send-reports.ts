import { type Graded, isTrouble } from '../model/grade.ts'
import type { Repository } from '../model/ref.ts'
import type { Report } from '../model/report.ts'
import { declareAway, type Post } from './outage.ts'

/** How many reports go to Jira at once (its own limit is 100 of a kind a request). */
const batch = 100

/**
 * Tells the panels the newest state of each entity, and answers when something is to be sent again (ms, UTC; null:
 * nothing waits). While Jira is away nothing is sent, whatever repository it is of; then the first try speaks for all.
 */
export async function sendReports(post: Post, repository: Repository, random: () => number): Promise<number | null> {
  const { issues, memory, now } = post
  if (!issues.panels) return null
  const before = await memory.outage('panels')
  if (before !== null && before.until > now()) return before.until
  for (;;) {
    const reports = await memory.dueReports(repository, { now: now(), limit: batch })
    if (reports.length === 0) return memory.nextReportAt(repository)
    const { graded, away } = await issues.send(reports)
    post.crashpoint('report.after-write')
    await keepGrades(post, { repository, reports, graded })
    if (away !== null) return declareAway(post, 'panels', { before, away, random })
    if (before !== null) await memory.endOutage('panels')
  }
}

type Sent = {
  readonly repository: Repository
  readonly reports: readonly Report[]
  readonly graded: readonly Graded[]
}

/** Writes the grades down; a pull request whose state could not be told, or now could, says so in its gate. */
async function keepGrades({ memory, queue, log }: Post, { repository, reports, graded }: Sent): Promise<void> {
  const open = reports.filter(({ body }) => body.kind === 'pull' && body.pull.status === 'OPEN')
  const told = await memory.reported(
    repository,
    open.map(({ key }) => key),
  )
  const troubled = new Set(told.filter(({ grade }) => isTrouble(grade)).map(({ key }) => key))
  const sequences = new Map(reports.map(({ key, sequence }) => [key, sequence]))
  await memory.gradeReports(graded.map((one) => ({ ...one, sequence: sequences.get(one.key) ?? 0 })))
  for (const { key, grade } of graded) {
    if (grade.kind === 'reported') continue
    log.warn({ report: key, grade: grade.kind, cause: grade.cause }, 'Jira does not show it as it is')
  }
  for (const { key, body } of open) {
    const grade = graded.find((one) => one.key === key)?.grade
    if (body.kind !== 'pull' || grade === undefined || isTrouble(grade) === troubled.has(key)) continue
    await queue.hint({ kind: 'pull', repository, number: body.pull.number })
  }
}
