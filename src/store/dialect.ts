import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type { Session, Sessions } from './sessions.ts'

/** Kysely over either database: the same queries, the same transactions. */
export function dialectOver(sessions: Sessions): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driverOver(sessions),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}

function driverOver(sessions: Sessions): Driver {
  const held = new Map<DatabaseConnection, Hold>()
  const say = (text: string) => async (connection: DatabaseConnection) => {
    await connection.executeQuery(CompiledQuery.raw(text))
  }
  return {
    init: async () => {},
    acquireConnection: async () => {
      const hold = { session: await sessions.acquire(), broken: false, begun: Promise.resolve() }
      const connection = connectionOver(hold)
      held.set(connection, hold)
      return connection
    },
    beginTransaction: async (connection) => {
      const hold = held.get(connection)
      if (hold !== undefined) begin(hold)
    },
    commitTransaction: say('commit'),
    rollbackTransaction: say('rollback'),
    releaseConnection: async (connection) => {
      const hold = held.get(connection)
      held.delete(connection)
      await hold?.session.release(hold.broken)
    },
    destroy: async () => {},
  }
}

/** `begun`: the transaction it is in, which was asked for and not waited for. */
type Hold = { readonly session: Session; broken: boolean; begun: Promise<unknown> }

/** It goes out with the first statement, which fails where it did. */
function begin(hold: Hold): void {
  hold.begun = hold.session.run('begin', [])
  hold.begun.catch(() => {})
}

function connectionOver(hold: Hold): DatabaseConnection {
  return {
    executeQuery: async <R>({ sql, parameters }: CompiledQuery) => {
      try {
        const [{ rows, affected }] = await Promise.all([hold.session.run(sql, parameters), hold.begun])
        // A rollback that went through leaves the connection as good as new.
        if (sql === 'rollback') hold.broken = false
        const result: QueryResult<R> = { rows: rows as readonly R[] as R[], numAffectedRows: BigInt(affected) }
        return result
      } catch (error) {
        hold.broken = true
        throw error
      }
    },
    streamQuery: () => {
      throw new Error('answers are read whole here')
    },
  }
}
