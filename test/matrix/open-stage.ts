import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { createPeople, type People } from '../../sandbox/people.ts'
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.ts'
import { type Running, start } from '../../src/main.ts'
import { hastyPace } from '../hasty-pace.ts'
import { startPostgres } from '../postgres.ts'

export type Stage = {
  readonly sandbox: Sandbox
  readonly waybill: Running
  /** Looks into Waybill's database from outside. */
  readonly query: (text: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>
  /** Every line Waybill logged. */
  readonly lines: readonly string[]
  readonly order: (path: string, body: object) => Promise<unknown>
  /** A fresh repository and its people. */
  readonly repository: (name: string) => Promise<People>
  readonly close: () => Promise<void>
}

/** A sandbox and a Waybill that waits little, over PostgreSQL, so that its tables can be looked at from outside. */
export async function openStage(): Promise<Stage> {
  const [postgres, sandbox] = await Promise.all([startPostgres(), startSandbox({})])
  const url = await postgres.createDatabase(randomUUID())
  const lines: string[] = []
  const waybill = await start(
    { ...sandbox.environment(), DATABASE_URL: url, PORT: '0', LOG_LEVEL: 'debug' },
    {
      pace: { ...hastyPace, timeout: 1500 },
      queue: { sweepEvery: 60_000, soon: 300, progress: 2000 },
      log: { write: (line) => void lines.push(line) },
    },
  )
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  const order = async (path: string, body: object): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' }
    const address = `${sandbox.github.url}/_sandbox/${path}`
    const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  await order('webhooks', { url: `${waybill.url}/api/github/webhooks` })
  return {
    sandbox,
    waybill,
    lines,
    order,
    query: async (text, values = []) => (await pool.query(text, [...values])).rows,
    repository: async (name) => {
      await order('repositories', { name })
      const { url: github, tokens } = sandbox.github
      return createPeople({ github, jira: sandbox.jira.url, repository: `acme/${name}`, tokens })
    },
    close: async () => {
      await waybill.close()
      await pool.end()
      await sandbox.close()
      await postgres.stop()
    },
  }
}
