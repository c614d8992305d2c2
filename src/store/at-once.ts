import type { CompiledQuery, RawBuilder } from 'kysely'
import type { Tx } from './database.ts'

/** Asks one thing, and answers its rows. */
export type Ask = <Row>(query: RawBuilder<Row> | CompiledQuery<Row>) => Promise<readonly Row[]>

/**
 * Asks several things that need not know each other's answers: all go out on one way to the database, are done in the
 * order they were asked, and come back on one way. Each sees what was committed when its turn came. Every answer has to
 * be waited for in `run`.
 */
export function atOnce<T>(tx: Tx, run: (ask: Ask) => Promise<T>): Promise<T> {
  return tx.getExecutor().provideConnection((connection) =>
    run(async <Row>(query: RawBuilder<Row> | CompiledQuery<Row>) => {
      const { rows } = await connection.executeQuery<Row>('compile' in query ? query.compile(tx) : query)
      return rows
    }),
  )
}
