import type { Database } from './database.ts'
import { moment } from './moment.ts'

/** When this database was made (ms, UTC, its own clock): what happened before is not in it. */
export async function bornAt({ kysely }: Pick<Database, 'kysely'>): Promise<number> {
  const row = await kysely
    .selectFrom('meta')
    .select(moment('at').as('at'))
    .where('name', '=', 'born')
    .executeTakeFirstOrThrow()
  return row.at
}
