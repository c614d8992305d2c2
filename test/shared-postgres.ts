import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Pool } from 'pg'
import { forkPostgres } from './fork-postgres.ts'

export type SharedPostgres = {
  /** A database of its own, empty or a copy of another; answers its URL. */
  createDatabase(name: string, template?: string): Promise<string>
  /** A database of this name, which whoever needs it first makes with `make`, and nobody else. */
  prepareDatabase(name: string, make: (url: string) => Promise<void>): Promise<void>
}

/** One PostgreSQL for all that a run of tests starts, or for this process where there is no run; started at first need. */
export function sharedPostgres(): Promise<SharedPostgres> {
  shared ??= startShared()
  return shared
}

let shared: Promise<SharedPostgres> | null = null

async function startShared(): Promise<SharedPostgres> {
  const server = await serverUrl()
  const { default: pg } = await import('pg')
  const admin = new pg.Pool({ connectionString: server, max: 1, allowExitOnIdle: true })
  const urlOf = (name: string) => Object.assign(new URL(server), { pathname: `/${name}` }).href
  const createDatabase = async (name: string, template = 'template1') => {
    await admin.query(`create database "${name}" template "${template}"`)
    return urlOf(name)
  }
  return {
    createDatabase,
    prepareDatabase: (name, make) =>
      alone(new pg.Pool({ connectionString: server, max: 1 }), async (pool) => {
        const { rowCount } = await pool.query('select 1 from pg_database where datname = $1', [name])
        if (rowCount !== 0) return
        const making = `${name}-making`
        await make(await createDatabase(making))
        await pool.query(`alter database "${making}" rename to "${name}"`)
      }),
  }
}

/** The run says where its server is; see `run-postgres.ts`. */
async function serverUrl(): Promise<string> {
  const path = process.env['WAYBILL_TEST_POSTGRES']
  if (path === undefined) return (await forkPostgres()).url
  const socket = connect(path)
  await once(socket, 'connect')
  const url = await text(socket)
  if (url === '') throw new Error('PostgreSQL could not be started')
  return url
}

/** One process at a time. The lock is given back with the connection. */
async function alone(pool: Pool, run: (pool: Pool) => Promise<void>): Promise<void> {
  try {
    await pool.query('select pg_advisory_lock(1)')
    await run(pool)
  } finally {
    await pool.end()
  }
}
