import type { Memory } from '../reconcile/world/memory.ts'
import type { Database } from './database.ts'
import { storable } from './storable.ts'

/** Since when a part of Jira is away, and when it is asked again: one memory for all repositories and processes. */
export function createOutages({ kysely }: Database): Pick<Memory, 'outage' | 'saveOutage' | 'endOutage'> {
  return {
    outage: async (name) => {
      const row = await kysely.selectFrom('outages').selectAll().where('name', '=', name).executeTakeFirst()
      return row ?? null
    },
    saveOutage: async (name, { until, tries, cause: given, since }) => {
      const cause = storable(given)
      await kysely
        .insertInto('outages')
        .values({ name, until, tries, cause, since })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ until, tries, cause }))
        .execute()
    },
    endOutage: async (name) => {
      await kysely.deleteFrom('outages').where('name', '=', name).execute()
    },
  }
}
