import { sql } from 'kysely'
import type { LineStanding } from '../model/line-standing.ts'
import type { Memory } from '../reconcile/world/memory.ts'
import type { Database } from './database.ts'
import { storable, storableJson } from './storable.ts'

type LineRecords = Pick<Memory, 'issueTypes' | 'voidVersions' | 'saveVoidVersion' | 'standing' | 'saveStanding'>

/** What a line's pass and a pull request's pass tell each other, and the versions that were burned. */
export function createLineRecords({ kysely }: Database): LineRecords {
  return {
    issueTypes: async (repository, pulls) => {
      if (pulls.length === 0) return new Map()
      const rows = await kysely
        .selectFrom('verified_issues')
        .select(['pull', 'key', 'type'])
        .where('repository_id', '=', repository.id)
        .where('pull', 'in', [...pulls])
        .execute()
      const types = new Map<number, Map<string, string>>()
      for (const { pull, key, type } of rows) {
        if (type !== null) types.set(pull, (types.get(pull) ?? new Map<string, string>()).set(key, type))
      }
      return types
    },
    voidVersions: async (repository) => {
      const rows = await kysely
        .selectFrom('void_versions')
        .select('tag')
        .where('repository_id', '=', repository.id)
        .execute()
      return new Set(rows.map((row) => row.tag))
    },
    saveVoidVersion: async (repository, tag) => {
      await kysely
        .insertInto('void_versions')
        .values({ repository_id: repository.id, tag: storable(tag) })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
    standing: async ({ repository, branch }): Promise<LineStanding | null> => {
      const row = await kysely
        .selectFrom('standings')
        .select('standing')
        .where('repository_id', '=', repository.id)
        .where('branch', '=', storable(branch))
        .executeTakeFirst()
      return row?.standing ?? null
    },
    saveStanding: async ({ repository, branch }, standing) => {
      await sql`insert into standings (repository_id, branch, standing)
        values (${repository.id}, ${storable(branch)}, ${storableJson(standing)}::jsonb)
        on conflict (repository_id, branch) do update set standing = excluded.standing, at = now()`.execute(kysely)
    },
  }
}
