import { type Graded, isTrouble } from '../model/grade.ts'
import type { Repository } from '../model/ref.ts'
import type { Report } from '../model/report.ts'
import type { World } from './world.ts'

/** How many reports go to Jira at once (its own limit is 100 of a kind a request). */
const batch = 100

/** The pause after the first failure, and the longest one (ms). */
const shortest = 30_000
const longest = 300_000

type Sender = Pick<World, 'issues' | 'memory' | 'queue' | 'log' | 'now'>

/**
 * Tells Jira's panels what memory holds for this repository, the newest state of each entity, until nothing is left that
 * may be sent. While Jira is away nothing is sent, whatever repository it is of; then the first try speaks for all.
 * `random` is at least 0 and below 1: it spreads the tries of many installations.
 */
export async function sendOutbox(world: Sender, repository: Repository, random = Math.random): Promise<void> {
  const { issues, memory, queue, now } = world
  if (!issues.panels) return
  const outage = await memory.outage('panels')
  if (outage !== null && outage.until > now()) return queue.remindOutbox(repository, outage.until)
  for (;;) {
    const reports = await memory.dueReports(repository, { now: now(), limit: batch })
    if (reports.length === 0) break
    const { graded, away } = await issues.send(reports)
    await keepGrades(world, { repository, reports, graded })
    if (away !== null) {
      const tries = (outage?.tries ?? 0) + 1
      const until = Math.max(away.until, now() + pause(tries, random))
      await memory.saveOutage('panels', { until, tries, cause: away.cause, since: outage?.since ?? now() })
      world.log.warn({ cause: away.cause, until }, 'Jira is not told of anything until then')
      return queue.remindOutbox(repository, until)
    }
    if (outage !== null) await memory.endOutage('panels')
  }
  const next = await memory.nextReportAt(repository)
  if (next !== null) await queue.remindOutbox(repository, next)
}

/** Doubles with each try, up to a limit; between half of it and the whole. */
function pause(tries: number, random: () => number): number {
  return Math.min(longest, shortest * 2 ** Math.min(tries - 1, 10)) * (0.5 + random() / 2)
}

type Sent = {
  readonly repository: Repository
  readonly reports: readonly Report[]
  readonly graded: readonly Graded[]
}

/** Writes the grades down; a pull request whose state could not be told, or now could, says so in its gate. */
async function keepGrades({ memory, queue, log }: Sender, { repository, reports, graded }: Sent): Promise<void> {
  const before = await memory.reported(
    repository,
    reports.filter(({ body }) => body.kind === 'pull').map(({ key }) => key),
  )
  const troubled = new Set(before.filter(({ grade }) => isTrouble(grade)).map(({ key }) => key))
  const sequences = new Map(reports.map(({ key, sequence }) => [key, sequence]))
  await memory.gradeReports(graded.map((one) => ({ ...one, sequence: sequences.get(one.key) ?? 0 })))
  for (const { key, grade } of graded) {
    if (grade.kind !== 'reported')
      log.warn({ report: key, grade: grade.kind, cause: grade.cause }, 'not as it should be in Jira')
  }
  for (const { key, body } of reports) {
    const grade = graded.find((one) => one.key === key)?.grade
    if (body.kind !== 'pull' || body.pull.status !== 'OPEN' || grade === undefined) continue
    if (isTrouble(grade) !== troubled.has(key)) {
      await queue.hint({ kind: 'pull', repository, number: body.pull.number })
    }
  }
}
