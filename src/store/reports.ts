import { sql } from 'kysely'
import { fingerprint } from '../model/fingerprint.ts'
import type { Grade } from '../model/grade.ts'
import type { Report } from '../model/report.ts'
import type { Memory } from '../reconcile/world/memory.ts'
import type { Database } from './database.ts'
import { countTold, readReported, readStanding, readThere, readUnfinished } from './reported.ts'
import { storable, storableJson } from './storable.ts'

type Reports = Pick<
  Memory,
  | 'saveReport'
  | 'dueReports'
  | 'gradeReports'
  | 'nextReportAt'
  | 'reported'
  | 'standingReports'
  | 'openPulls'
  | 'toldThere'
  | 'loseSightOf'
  | 'toldIssues'
  | 'unfinishedBuilds'
>

/**
 * The newest state of each entity for Jira. An equal one changes nothing; a different one gets the sequence given, or
 * the one after the stored where that is greater, so that sequences rise strictly. What an older event says is ignored.
 * What is gone is only written down where Jira was to hear of it before. The last grade stays until there is a new one.
 */
export function createReports({ kysely }: Database): Reports {
  return {
    saveReport: (repository, report) =>
      report.body.kind === 'gone' ? saveGone(kysely, report) : save(kysely, repository.id, report),
    dueReports: async (repository, { now, limit }) => {
      const rows = await kysely
        .selectFrom('reports')
        .select(['key', 'issue_keys', 'sequence', 'body', 'sending'])
        .where('repository_id', '=', repository.id)
        .where(unsent)
        .where('next_at', '<=', now)
        .orderBy('changed_at')
        .orderBy('key')
        .limit(limit)
        .execute()
      return rows.map(({ issue_keys: issueKeys, ...row }): Report => ({ ...row, issueKeys }))
    },
    nextReportAt: async (repository) => {
      const row = await kysely
        .selectFrom('reports')
        .select((select) => select.fn.min('next_at').as('next'))
        .where('repository_id', '=', repository.id)
        .where(unsent)
        .executeTakeFirst()
      return row?.next ?? null
    },
    // What changed while it was on its way has a greater sequence by now, and stays unsent.
    gradeReports: async (graded) => {
      if (graded.length === 0) return
      const rows = graded.map(({ key, sequence, grade }) => ({ key, sequence, ...columnsOf(grade) }))
      await sql`update reports set grade = told.grade, cause = told.cause, next_at = told.next_at,
          sent_sequence = case when told.grade = 'kept' then sent_sequence else told.sequence end
        from jsonb_to_recordset(${storableJson(rows)}::jsonb)
          as told(key text, sequence bigint, grade text, cause text, next_at bigint)
        where reports.key = told.key and reports.sequence = told.sequence`.execute(kysely)
    },
    reported: (repository, prefixes) => readReported(kysely, repository.id, prefixes),
    toldThere: (repository) => readThere(kysely, repository.id),
    loseSightOf: (repository) => endPulls(kysely, repository.id),
    standingReports: (repository) => readStanding(kysely, repository.id),
    unfinishedBuilds: (repository, branch) => readUnfinished(kysely, repository.id, branch),
    toldIssues: (kind, issueKeys) => countTold(kysely, kind, issueKeys),
    openPulls: async (issueKey) => {
      const { rows } = await sql<{ readonly repository: string; readonly number: number }>`
        select body #>> '{repository,fullName}' as repository, (body #>> '{pull,number}')::float8 as number
        from reports where body ->> 'kind' = 'pull' and body #>> '{pull,status}' = 'OPEN'
          and issue_keys @> ${JSON.stringify([issueKey])}::jsonb
        order by key`.execute(kysely)
      return rows
    },
  }
}

const unsent = sql<boolean>`sending <> 'muted' and (sent_sequence is null or sent_sequence < sequence)`

/** Told while its panel was on: it is told to its end, or else Jira showed it for ever as it was. */
const isTold = sql<boolean>`reports.sent_sequence is not null`

async function save(kysely: Database['kysely'], repositoryId: number, report: Report): Promise<void> {
  const body = storableJson(report.body)
  const keys = storableJson(report.issueKeys)
  // A newer time alone is no news, though what is older than it is outdated.
  await sql`update reports set event_sequence = ${report.sequence} where key = ${storable(report.key)}
    and event_sequence < ${report.sequence} and issue_keys = ${keys}::jsonb
    and (body #- '{pull,updatedAt}') = (${body}::jsonb #- '{pull,updatedAt}')`.execute(kysely)
  await sql`insert into reports
      (key, repository_id, issue_keys, sequence, event_sequence, body, fingerprint, sending)
    values (${storable(report.key)}, ${repositoryId}, ${keys}::jsonb, ${report.sequence}, ${report.sequence},
      ${body}::jsonb, ${fingerprint(body, keys)}, ${report.sending})
    on conflict (key) do update set issue_keys = excluded.issue_keys, body = excluded.body,
      fingerprint = excluded.fingerprint, changed_at = now(), next_at = 0,
      sending = case when ${isTold} and excluded.sending = 'muted' then 'normal' else excluded.sending end,
      event_sequence = excluded.event_sequence,
      sequence = greatest(reports.sequence + 1, excluded.sequence)
    where excluded.event_sequence >= reports.event_sequence and (
      (reports.body #- '{pull,updatedAt}') <> (excluded.body #- '{pull,updatedAt}')
      or reports.issue_keys <> excluded.issue_keys
      or (reports.sending = 'muted') <> (excluded.sending = 'muted' and not ${isTold}))
    `.execute(kysely)
}

/** No event tells when a thing was taken away: its absence was read later than all that is stored. */
async function saveGone(kysely: Database['kysely'], { key, body: gone }: Report): Promise<void> {
  const body = storableJson(gone)
  await sql`update reports set body = ${body}::jsonb, fingerprint = ${fingerprint(body)}, changed_at = now(),
      sequence = sequence + 1, grade = null, cause = '', next_at = 0
    where key = ${storable(key)} and body ->> 'kind' <> 'gone'`.execute(kysely)
}

function columnsOf(grade: Grade) {
  const kept = grade.kind === 'kept' ? grade.until : 0
  return { grade: grade.kind, cause: grade.kind === 'reported' ? '' : grade.cause, next_at: kept }
}

/** Jira is not told so: what is read again, should the repository come back, is another state and is told. */
async function endPulls(kysely: Database['kysely'], repositoryId: number): Promise<void> {
  await sql`update reports set body = jsonb_set(body, '{pull,status}', '"DECLINED"'), fingerprint = '', sent_sequence = sequence
    where repository_id = ${repositoryId} and body ->> 'kind' = 'pull' and body #>> '{pull,status}' = 'OPEN'`.execute(
    kysely,
  )
}
