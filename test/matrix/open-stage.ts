import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { createPeople, type People } from '../../sandbox/people.ts'
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.ts'
import { type Running, start } from '../../src/main.ts'
import { verifyChain } from '../../src/model/verify-chain.ts'
import { openAudit, sha256 } from '../../src/store/audit.ts'
import { openDatabase } from '../../src/store/database.ts'
import { hastyPace } from '../hasty-pace.ts'
import { sharedPostgres } from '../shared-postgres.ts'

export type Stage = {
  readonly sandbox: Sandbox
  readonly waybill: Running
  /** Looks into Waybill's database from outside. */
  readonly query: (text: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>
  /** Every line Waybill logged. */
  readonly lines: readonly string[]
  /** The marks between effects that Waybill came by since the last time this was asked, once each, in their order. */
  readonly takeMarks: () => readonly string[]
  readonly order: (path: string, body: object) => Promise<unknown>
  /** A fresh repository and its people. */
  readonly repository: (name: string, more?: object) => Promise<People>
  /** What is wrong with the audit log of all that happened here. */
  readonly brokenChain: () => Promise<readonly string[]>
  /** A fresh database on the same server. */
  readonly database: () => Promise<string>
  readonly close: () => Promise<void>
}

/** A sandbox and a Waybill that waits little, over PostgreSQL, so that its tables can be looked at from outside. */
export async function openStage(): Promise<Stage> {
  const [postgres, sandbox] = await Promise.all([sharedPostgres(), startSandbox({})])
  const url = await postgres.createDatabase(randomUUID())
  const lines: string[] = []
  const marks = new Set<string>()
  const waybill = await start(
    { ...sandbox.environment(), DATABASE_URL: url, PORT: '0', LOG_LEVEL: 'debug' },
    {
      pace: { ...hastyPace, timeout: 1500 },
      queue: { sweepEvery: 60_000, soon: 300, progress: 2000 },
      log: { write: (line) => void lines.push(line) },
      crashpoint: (name) => void marks.add(name),
    },
  )
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  const order = createOrder(sandbox)
  await order('webhooks', { url: `${waybill.url}/api/github/webhooks` })
  await liftLimits(order)
  return {
    sandbox,
    waybill,
    lines,
    takeMarks: () => {
      const taken = [...marks]
      marks.clear()
      return taken
    },
    order,
    brokenChain: () => brokenChainIn(url),
    database: () => postgres.createDatabase(randomUUID()),
    query: async (text, values = []) => (await pool.query(text, [...values])).rows,
    repository: async (name, more = {}) => {
      await order('repositories', { name, ...more })
      return peopleIn(sandbox, name)
    },
    close: async () => {
      await waybill.close()
      await pool.end()
      await sandbox.close()
    },
  }
}

/** I5: the chain of the audit log verifies from its first row to its head. */
export async function brokenChainIn(url: string): Promise<readonly string[]> {
  const database = await openDatabase({ url }, { info: () => {}, warn: () => {}, error: () => {} })
  try {
    const audit = openAudit(database)
    const head = await audit.head()
    const rows = []
    for await (const row of audit.rows({ repositoryId: null })) rows.push(row)
    const broken = verifyChain(rows, { sha256, head, witnesses: [] })
    return broken === null ? [] : [`I5: ${JSON.stringify(broken)}`]
  } finally {
    await database.close()
  }
}

export type Order = Stage['order']

/** Asks the sandbox for something; rejects when it refuses. */
export function createOrder({ github }: Sandbox): Order {
  return async (path, body) => {
    const headers = { 'content-type': 'application/json' }
    const address = `${github.url}/_sandbox/${path}`
    const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
}

export function peopleIn({ github, jira }: Sandbox, name: string): People {
  const { url, tokens } = github
  return createPeople({ github: url, jira: jira.url, repository: `acme/${name}`, tokens })
}

/** A thousand changes in a few minutes are more than anybody's 5,000 calls an hour, people's own looking on included. */
export async function liftLimits(order: Order): Promise<void> {
  for (const by of ['waybill', 'developer', 'reviewer', 'analyst', 'admin', 'ci', 'deployer']) {
    for (const pool of ['core', 'graphql']) await order('rate-limit', { by, pool, remaining: 1_000_000 })
  }
}
