import { sql } from 'kysely'
import type { Grade } from '../model/grade.ts'
import type { ReportBody, ReportTold, UnfinishedBuild } from '../model/report.ts'
import type { ToldThere } from '../reconcile/world/telling.ts'
import type { Database } from './database.ts'
import { storable } from './storable.ts'

/** The greatest character there is: every key that begins with a prefix lies between it and this after it. */
const last = '\u{10ffff}'

/** What Jira was to be told under keys that begin so, in the order of the keys, and how that went. */
export async function readReported(
  kysely: Database['kysely'],
  repositoryId: number,
  prefixes: readonly string[],
): Promise<readonly ReportTold[]> {
  if (prefixes.length === 0) return []
  const rows = await kysely
    .selectFrom('reports')
    .select(['key', 'body', 'grade', 'cause', 'next_at', unsent.as('unsent')])
    .where('repository_id', '=', repositoryId)
    .where('sending', '<>', 'muted')
    .where(({ or, and, eb }) =>
      or(prefixes.map(storable).map((prefix) => and([eb('key', '>=', prefix), eb('key', '<', prefix + last)]))),
    )
    .orderBy('key')
    .execute()
  return rows.map((row) => ({ key: row.key, body: row.body, grade: gradeOf(row) }))
}

/** Open pull requests and promotions that wait, muted ones too: what a line may have to correct. */
export async function readStanding(kysely: Database['kysely'], repositoryId: number): Promise<readonly ReportTold[]> {
  const rows = await kysely
    .selectFrom('reports')
    .select(['key', 'body', 'grade', 'cause', 'next_at', unsent.as('unsent')])
    .where('repository_id', '=', repositoryId)
    .where(
      sql<boolean>`((body ->> 'kind' = 'pull' and body #>> '{pull,status}' = 'OPEN')
        or (body ->> 'kind' = 'deployment' and key like 'promotion:%'))`,
    )
    .orderBy('key')
    .execute()
  return rows.map((row) => ({ key: row.key, body: row.body, grade: gradeOf(row) }))
}

/** Open pull requests and branches, muted ones too: a production status waits for the former. */
export async function readThere(kysely: Database['kysely'], repositoryId: number): Promise<ToldThere> {
  const { rows } = await sql<{ readonly pull: number | null; readonly branch: string | null }>`
    select (body #>> '{pull,number}')::float8 as pull, null as branch from reports
      where repository_id = ${repositoryId} and body ->> 'kind' = 'pull' and body #>> '{pull,status}' = 'OPEN'
    union all
    select null, body #>> '{branch,name}' from reports
      where repository_id = ${repositoryId} and body ->> 'kind' = 'branch'`.execute(kysely)
  return {
    pulls: rows.flatMap(({ pull }) => (pull === null ? [] : [pull])),
    branches: rows.flatMap(({ branch }) => (branch === null ? [] : [branch])),
  }
}

/** The builds on a branch that are not told to their end, muted ones left out. */
export async function readUnfinished(
  kysely: Database['kysely'],
  repositoryId: number,
  branch: string,
): Promise<readonly UnfinishedBuild[]> {
  const rows = await kysely
    .selectFrom('reports')
    .select(['key', 'issue_keys', 'body'])
    .where('repository_id', '=', repositoryId)
    .where('sending', '<>', 'muted')
    .where(
      sql<boolean>`body ->> 'kind' = 'build' and body #>> '{build,state}' in ('pending', 'in_progress')
        and body #>> '{build,branch}' = ${branch}`,
    )
    .orderBy('key')
    .execute()
  return rows.flatMap(({ key, issue_keys: issueKeys, body }) => {
    return body.kind === 'build' ? [{ key, issueKeys, repository: body.repository, build: body.build }] : []
  })
}

/** How many entities of a kind were sent, by issue. */
export async function countTold(
  kysely: Database['kysely'],
  kind: ReportBody['kind'],
  issueKeys: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ readonly key: string; readonly count: number }>`
    select named.key, count(*)::int as count
    from reports cross join lateral jsonb_array_elements_text(issue_keys) as named(key)
    where body ->> 'kind' = ${kind} and sent_sequence is not null
      and named.key in (select jsonb_array_elements_text(${JSON.stringify(issueKeys)}::jsonb))
    group by named.key`.execute(kysely)
  return new Map(rows.map(({ key, count }) => [key, count]))
}

const unsent = sql<boolean>`(sent_sequence is null or sent_sequence < sequence)`

type Row = {
  readonly grade: Grade['kind'] | null
  readonly cause: string
  readonly next_at: number
  readonly unsent: boolean
}

function gradeOf({ grade, cause, next_at: until, unsent: waits }: Row): Grade {
  if (waits || grade === null || grade === 'kept') return { kind: 'kept', cause, until }
  return grade === 'reported' ? { kind: 'reported' } : { kind: grade, cause }
}
