import { fork } from 'node:child_process'
import { once } from 'node:events'

/** One PostgreSQL for all test files that this process runs, started at first need. */
export function sharedPostgres(): Promise<SharedPostgres> {
  shared ??= startShared()
  return shared
}

export type SharedPostgres = {
  /** A database of its own, empty or a copy of another; answers its URL. */
  createDatabase(name: string, template?: string): Promise<string>
}

let shared: Promise<SharedPostgres> | null = null

async function startShared(): Promise<SharedPostgres> {
  const keeper = fork(new URL('./postgres-keeper.ts', import.meta.url), { execArgv: [] })
  const [url]: readonly unknown[] = await Promise.race([
    once(keeper, 'message'),
    once(keeper, 'exit').then(() => Promise.reject(new Error('PostgreSQL could not be started'))),
  ])
  keeper.unref()
  keeper.channel?.unref()
  const { default: pg } = await import('pg')
  const admin = new pg.Pool({ connectionString: String(url), max: 1, allowExitOnIdle: true })
  return {
    createDatabase: async (name, template = 'template1') => {
      await admin.query(`create database "${name}" template "${template}"`)
      return Object.assign(new URL(String(url)), { pathname: `/${name}` }).href
    },
  }
}
