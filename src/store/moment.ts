import { type RawBuilder, sql } from 'kysely'

/** The database's clock: the start of the transaction it stands in. */
export const now = sql<Date>`now()`

/** A moment the database holds, as ms, UTC. */
export function moment(column: string): RawBuilder<number> {
  return sql<number>`floor(extract(epoch from ${sql.ref(column)}) * 1000)::float8`
}
