import { sql } from 'kysely'
import { fingerprint } from '../model/fingerprint.ts'
import type { Grade } from '../model/grade.ts'
import type { Acting, RefusedAct } from '../model/issue-action.ts'
import type { Memory } from '../reconcile/world/memory.ts'
import type { Database } from './database.ts'
import { storable, storableJson } from './storable.ts'

type Actions = Pick<
  Memory,
  | 'saveAct'
  | 'dueActs'
  | 'beginAct'
  | 'dropAct'
  | 'gradeAct'
  | 'nextActAt'
  | 'troubledActs'
  | 'refusedActs'
  | 'movedToDone'
>

/**
 * What issues are to get. The same words again change nothing; other words replace what waits, and keep what Jira called
 * the thing when it was made. A move happens once, whatever it is said to be for.
 */
export function createIssueActions({ kysely }: Database): Actions {
  return {
    saveAct: async (repository, { key, action }) => {
      const text = storableJson(action)
      await sql`insert into issue_actions (key, repository_id, issue_key, action, fingerprint)
        values (${storable(key)}, ${repository.id}, ${storable(action.issueKey)}, ${text}::jsonb, ${fingerprint(text)})
        on conflict (key) do update set action = excluded.action, fingerprint = excluded.fingerprint, next_at = 0,
          state = case issue_actions.state when 'begun' then 'begun' else 'open' end, changed_at = now()
        where issue_actions.fingerprint <> excluded.fingerprint and excluded.action ->> 'kind' in ('comment', 'link')
        `.execute(kysely)
    },
    dueActs: async (repository, { now, limit }) => {
      const { rows } = await sql<Acting>`
        select key, action, fingerprint, written, state = 'begun' or coalesce((action ->> 'since')::float8 < (
            select extract(epoch from at) * 1000 from meta where name = 'born'), false) as "mayExist",
          (extract(epoch from now() - changed_at) * 1000)::float8 as waited,
          coalesce(grade = 'not-reported', false) as "wasRefused",
          action ->> 'kind' = 'move' and exists (select from issue_actions later where later.action ->> 'kind' = 'move'
            and later.issue_key = issue_actions.issue_key and later.repository_id = issue_actions.repository_id
            and later.grade = 'reported' and later.action ->> 'station' in ('merged', 'staging', 'production', 'rolled-back')
            and (later.action ->> 'at')::float8 > (issue_actions.action ->> 'at')::float8) as outdated
        from issue_actions where repository_id = ${repository.id} and state <> 'settled' and next_at <= ${now}
        order by bool_or(cause <> '') over (partition by issue_key), id limit ${limit}`.execute(kysely)
      return rows
    },
    beginAct: async (key) => {
      await sql`update issue_actions set state = 'begun' where key = ${storable(key)}`.execute(kysely)
    },
    dropAct: async (key) => {
      await sql`update issue_actions set state = 'settled', grade = null, cause = '', next_at = 0
        where key = ${storable(key)}`.execute(kysely)
    },
    // Words that came meanwhile are still to be said.
    gradeAct: async ({ key, fingerprint: said }, { grade, written, done }) => {
      const kept = grade.kind === 'kept'
      await sql`update issue_actions set grade = ${grade.kind}, next_at = ${kept ? grade.until : 0},
          cause = ${grade.kind === 'reported' ? '' : storable(grade.cause)}, done = ${done},
          written = coalesce(${written}, written), changed_at = case when ${kept} then changed_at else now() end,
          state = case when ${kept} then state when fingerprint = ${said} then 'settled' else 'open' end
        where key = ${storable(key)}`.execute(kysely)
    },
    nextActAt: async (repository) => {
      const row = await kysely
        .selectFrom('issue_actions')
        .select((select) => select.fn.min('next_at').as('next'))
        .where('repository_id', '=', repository.id)
        .where('state', '<>', 'settled')
        .executeTakeFirst()
      return row?.next ?? null
    },
    troubledActs: (repository) => readTroubled(kysely, repository.id, ['kept', 'partly', 'not-reported']),
    refusedActs: (repository) => readTroubled(kysely, repository.id, ['not-reported']),
    movedToDone: async (issueKeys) => {
      if (issueKeys.length === 0) return new Set()
      const { rows } = await sql<{ readonly issue_key: string; readonly done: boolean }>`
        select distinct on (issue_key) issue_key, done from issue_actions
        where action ->> 'kind' = 'move' and grade = 'reported' and issue_key = any(${[...issueKeys]})
        order by issue_key, changed_at desc, id desc`.execute(kysely)
      return new Set(rows.filter(({ done }) => done).map((row) => row.issue_key))
    },
  }
}

/** The newest with a cause and one of these grades. */
async function readTroubled(
  kysely: Database['kysely'],
  repositoryId: number,
  grades: readonly Grade['kind'][],
): Promise<readonly RefusedAct[]> {
  const rows = await kysely
    .selectFrom('issue_actions')
    .select(['key', 'issue_key', 'cause'])
    .where('repository_id', '=', repositoryId)
    .where('cause', '<>', '')
    .where('grade', 'in', grades)
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
  return rows.map(({ key, issue_key: issueKey, cause }) => ({ key, issueKey, cause }))
}
