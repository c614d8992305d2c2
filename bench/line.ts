import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sql } from 'kysely'
import { Probot } from 'probot'
import { createCode } from '../src/github/code.ts'
import { createOctokitClass } from '../src/github/octokit.ts'
import { createIssues } from '../src/jira/issues.ts'
import { createLog } from '../src/log.ts'
import type { LineRef } from '../src/model/ref.ts'
import { passOver } from '../src/reconcile/pass.ts'
import type { World } from '../src/reconcile/world/world.ts'
import { type Database, openDatabase } from '../src/store/database.ts'
import { createMemory } from '../src/store/memory.ts'
import { type Measured, type Row, without } from './row.ts'

/** Passes over each line at a time, and how often they take turns. */
const passes = 5
const turns = 16
const ref: LineRef = {
  kind: 'line',
  repository: { installationId: 1, id: 5, owner: 'acme', name: 'shop' },
  branch: 'main',
}

type Cost = { readonly calls: number; readonly milliseconds: number }

/** A line to pass over, and what its passes cost so far. */
type Line = { readonly turn: () => Promise<void>; readonly cost: () => Cost; readonly close: () => Promise<void> }

/** What a pass over a quiet line costs, in calls to GitHub and CPU time, as the line and the environments grow. */
export async function benchLine(): Promise<Measured> {
  const small = await openLine({ releases: 10, environments: 3 })
  const long = await openLine({ releases: 10_000, environments: 3 })
  const wide = await openLine({ releases: 10, environments: 30 })
  const lines = [small, long, wide]
  try {
    // In turns, so that the rest of the machine disturbs all of them alike.
    for (let turn = 0; turn < turns; turn++) for (const line of lines) await line.turn()
    const than = small.cost()
    return [
      shown('10 releases, 3 environments', than, than),
      shown('10,000 releases, 3 environments', long.cost(), than),
      shown('10 releases, 30 environments', wide.cost(), than),
    ]
  } finally {
    for (const line of lines) await line.close()
  }
}

function shown(what: string, cost: Cost, than: Cost): Row {
  const ratio = (cost.milliseconds / than.milliseconds).toFixed(2)
  const figure = `${cost.calls} calls, ${cost.milliseconds.toFixed(2)} ms of CPU, ratio ${ratio}`
  return without(`a pass over a quiet line with ${what}`, figure)
}

async function openLine(size: { readonly releases: number; readonly environments: number }): Promise<Line> {
  const data = await mkdtemp(join(tmpdir(), 'waybill-bench-'))
  const github = spawn(process.execPath, [
    resolve(import.meta.dirname, 'line-github.ts'),
    String(size.releases),
    String(size.environments),
  ])
  github.stderr.pipe(process.stderr)
  const log = createLog({ level: 'silent', secrets: [] })
  const database = await openDatabase({ directory: data }, log)
  await remember(database, size)
  let calls = 0
  const world = await openWorld(database, { url: await addressOf(github), log, called: () => void calls++ })
  for (let pass = 0; pass < 15; pass++) await passOver(world, ref)
  calls = 0
  const spent: number[] = []
  return {
    turn: async () => {
      const before = process.cpuUsage()
      for (let pass = 0; pass < passes; pass++) await passOver(world, ref)
      const { user, system } = process.cpuUsage(before)
      spent.push((user + system) / 1000 / passes)
    },
    cost: () => ({
      calls: calls / passes / turns,
      milliseconds: spent.reduce((sum, one) => sum + one, 0) / spent.length,
    }),
    close: async () => {
      github.kill()
      await database.close()
      await rm(data, { recursive: true, force: true })
    },
  }
}

async function addressOf(github: ChildProcess): Promise<string> {
  if (github.stdout === null) throw new Error('the line has no voice')
  const [line] = await once(github.stdout, 'data')
  return String(line).trim()
}

/** What the database holds of a line that was carried out to its end: every comment, deployment and tag. */
async function remember(database: Database, size: { readonly releases: number; readonly environments: number }) {
  const { releases, environments } = size
  const { id } = ref.repository
  await sql`insert into claims (repository_id, key, state, fingerprint, said, written_id, written_sha)
    select ${id}, 'comment:' || n, 'done', 'x', 'x', n, null from generate_series(1, ${releases}::int) n`.execute(
    database.kysely,
  )
  await sql`insert into claims (repository_id, key, state, fingerprint, said, written_id, written_sha)
    select ${id}, 'tag:v0.1.' || n, 'done', lpad(to_hex(n), 40, '0'), lpad(to_hex(n), 40, '0'), n, lpad(to_hex(n), 40, '0')
    from generate_series(1, ${releases}::int) n`.execute(database.kysely)
  await sql`insert into settled_deployments (repository_id, deployment_id)
    select ${id}, n * 100 + e from generate_series(1, ${releases}::int) n, generate_series(0, ${environments - 1}::int) e`.execute(
    database.kysely,
  )
  await sql`analyze`.execute(database.kysely)
}

type Parts = { readonly url: string; readonly log: ReturnType<typeof createLog>; readonly called: () => void }

async function openWorld(database: Database, { url, log, called }: Parts): Promise<World> {
  const Octokit = createOctokitClass({ baseUrl: url, log, now: Date.now })
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
  const probot = new Probot({ appId: 7, privateKey: key, secret: 'not used here', Octokit, logLevel: 'fatal' })
  const memory = createMemory(database)
  const octokit = await probot.auth(1)
  octokit.hook.before('request', called)
  return {
    code: createCode({
      octokitFor: async () => octokit,
      appOctokit: octokit,
      app: { id: 7, slug: 'waybill' },
      markerSecret: 'a secret',
      now: Date.now,
      crashpoint: () => {},
      log,
      mode: null,
      kept: memory,
    }),
    issues: createIssues({ settings: null, now: Date.now }),
    memory,
    queue: {
      hint: async () => {},
      hintAll: async () => {},
      remind: async () => {},
      expect: async () => {},
      hintOutbox: async () => {},
      remindOutbox: async () => {},
    },
    log,
    now: Date.now,
    lag: 12_000,
    crashpoint: () => {},
  }
}
