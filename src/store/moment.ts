import { type RawBuilder, sql } from 'kysely'

/** The database's clock: the start of the transaction it stands in. */
export const now = sql<Date>`now()`

/** The same, so many ms further: when something happened by Waybill's clock. */
export function nowAhead(ms: number): RawBuilder<Date> {
  return sql<Date>`now() + ${ms}::float8 * interval '1 millisecond'`
}

/** A moment the database holds, as ms, UTC. */
export function moment(column: string): RawBuilder<number> {
  return sql<number>`floor(extract(epoch from ${sql.ref(column)}) * 1000)::float8`
}
