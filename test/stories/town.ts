import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { createPeople, type People } from '../../sandbox/people.ts'
import { startSandbox } from '../../sandbox/start-sandbox.ts'
import { start } from '../../src/main.ts'
import { queueDefaults } from '../../src/store/queue-options.ts'
import { inherited } from '../inherited.ts'
import { embeddedPlace, postgresPlace } from '../store/databases.ts'
import { watchedLog } from '../watched-log.ts'

const waybillProgram = resolve(import.meta.dirname, '../../src/cli/waybill.ts')

export type Town = Awaited<ReturnType<typeof openTown>>

export type TownOptions = {
  /** On the embedded database; a PostgreSQL costs stories a fifth less. */
  readonly embedded?: true
  /** The PostgreSQL of a test that does something to it. */
  readonly url?: string
  readonly sweepEvery?: number
  /** How long a hint whose answer nobody waits for waits for others (ms): less than at work, unless told. */
  readonly soon?: number
  /** The clock of all of them (ms, UTC), for tests to move, never behind the machine's. */
  readonly now?: () => number
}

/** One sandbox and one Waybill for a test file; each test gets a repository of its own in it. */
export async function openTown(options: TownOptions = {}) {
  const clock = options.now === undefined ? {} : { now: options.now }
  const sandbox = await startSandbox(clock)
  const data = await mkdtemp(join(tmpdir(), 'waybill-town-'))
  const embedded = async () => ({ WAYBILL_DATA: (await embeddedPlace()).directory })
  const database = options.embedded ? await embedded() : { DATABASE_URL: options.url ?? (await postgresPlace()).url }
  const { soon = 300, sweepEvery = queueDefaults.sweepEvery } = options
  const queue = { soon, sweepEvery }
  const variables = {
    ...sandbox.environment(),
    ...database,
    WEBHOOK_SECRET_PREVIOUS: randomBytes(20).toString('hex'),
    METRICS_TOKEN: randomBytes(20).toString('hex'),
    PORT: '0',
    LOG_LEVEL: 'trace',
  }
  const log = watchedLog(variables)
  const waybill = await start(variables, { queue, ...clock, log: log.destination })
  const order = async (path: string, body: object): Promise<unknown> =>
    ask(`${sandbox.github.url}/_sandbox/${path}`, 'POST', body)
  const make = async (name: string, more: object): Promise<People> => {
    await order('repositories', { name, ...more })
    const place = { github: sandbox.github.url, jira: sandbox.jira.url, repository: `acme/${name}` }
    return createPeople({ ...place, tokens: sandbox.github.tokens })
  }
  await order('webhooks', { url: `${waybill.url}/api/github/webhooks` })
  return {
    sandbox,
    waybill,
    /** A fresh repository like acme/shop, and its people. */
    repository(config?: string | null, more: { readonly mergeQueue?: boolean } = {}): Promise<People> {
      return make(`shop-${randomBytes(4).toString('hex')}`, { ...(config === undefined ? {} : { config }), ...more })
    },
    /** `waybill COMMAND …` as a process of its own, with a database of its own; answers what it prints. */
    async program(...args: readonly string[]): Promise<string> {
      const env = {
        ...inherited,
        ...sandbox.environment(),
        ...(await embedded()),
      }
      return (await promisify(execFile)(process.execPath, [waybillProgram, ...args], { env, cwd: data })).stdout
    },
    /** A job of GitHub Actions with an environment begins; answers its run's id. */
    async startRun(
      people: People,
      run: { readonly by: string; readonly environment: string; readonly ref: string },
    ): Promise<number> {
      const made = await order('runs', { repository: people.repository, ...run })
      return typeof made === 'object' && made !== null && 'id' in made ? Number(made.id) : Number.NaN
    },
    endRun: (people: People, run: number, conclusion: 'success' | 'failure') =>
      order('runs/end', { repository: people.repository, run, conclusion }),
    /** The organisation's own repository, still without defaults for the others. */
    organisation: (): Promise<People> => make('.github', { config: null }),
    /** A person's fork of a repository, to push to. */
    async fork(people: People, by: string): Promise<People> {
      await order('forks', { repository: people.repository, by })
      const repository = people.repository.replace('acme/', `${by}/`)
      return createPeople({
        github: sandbox.github.url,
        jira: sandbox.jira.url,
        repository,
        tokens: sandbox.github.tokens,
      })
    },
    /** What becomes of deliveries; with `people`, only of those about their repository. */
    webhooks: (body: object, people?: People) => {
      return order('webhooks', people === undefined ? body : { ...body, repository: nameOf(people) })
    },
    githubFault: (fault: object) => order('faults', fault),
    /** Changes an issue in Jira, as somebody who works there does. */
    async changeIssue(issue: object): Promise<void> {
      await ask(`${sandbox.jira.url}/_sandbox/issues`, 'POST', issue)
    },
    async jiraFault(fault: object | null): Promise<void> {
      await ask(`${sandbox.jira.url}/_sandbox/faults`, fault === null ? 'DELETE' : 'POST', fault)
    },
    /** What the official documents say against anything that was asked or answered so far. */
    async violations(): Promise<unknown> {
      const github = await ask(`${sandbox.github.url}/_sandbox/violations`, 'GET', null)
      const jira = await ask(`${sandbox.jira.url}/_sandbox/violations`, 'GET', null)
      return [github, jira].flat()
    },
    /** What Waybill called; with `people`, only about their repository. */
    async requests(people?: People): Promise<readonly { readonly call: string; readonly status: number }[]> {
      const about = people === undefined ? '' : `&repository=${nameOf(people)}`
      const listed = await ask(`${sandbox.github.url}/_sandbox/requests?by=waybill${about}`, 'GET', null)
      return Array.isArray(listed) ? listed : []
    },
    async forgetRequests(): Promise<void> {
      await ask(`${sandbox.github.url}/_sandbox/requests`, 'DELETE', null)
    },
    async close(): Promise<void> {
      await waybill.close()
      log.check()
      await sandbox.close()
      await rm(data, { recursive: true, force: true })
      if ('WAYBILL_DATA' in database) await rm(database.WAYBILL_DATA, { recursive: true, force: true })
    },
  }
}

function nameOf({ repository }: People): string {
  return repository.split('/')[1] ?? ''
}

async function ask(url: string, method: string, body: object | null): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === null ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text.slice(0, 300)}`)
  return text === '' ? null : JSON.parse(text)
}
