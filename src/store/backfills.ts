import type { Memory } from '../reconcile/world/memory.ts'
import type { Database } from './database.ts'
import { storable } from './storable.ts'

/** How far the past was told, so that a backfill that was interrupted goes on where it was. */
export function createBackfills({ kysely }: Database): Pick<Memory, 'backfillMark' | 'saveBackfillMark'> {
  return {
    backfillMark: async (repository, since) => {
      const row = await kysely
        .selectFrom('backfills')
        .select(['step', 'after'])
        .where('repository_id', '=', repository.id)
        .where('since', '=', since)
        .executeTakeFirst()
      return row ?? null
    },
    saveBackfillMark: async (repository, since, { step, after }) => {
      const mark = { step, after: after === null ? null : storable(after) }
      await kysely
        .insertInto('backfills')
        .values({ repository_id: repository.id, since, ...mark })
        .onConflict((conflict) => conflict.columns(['repository_id', 'since']).doUpdateSet(mark))
        .execute()
    },
  }
}
