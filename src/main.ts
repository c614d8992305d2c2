import type { DestinationStream } from 'pino'
import { type AppEnvironment, EnvironmentRefused, parseEnvironment, secretsOf } from './env.ts'
import { loadEnvFile } from './env-file.ts'
import type { Pace } from './github/pace.ts'
import { createLog } from './log.ts'
import { openDatabase } from './store/database.ts'
import type { QueueOptions } from './store/queue-options.ts'

export type Running = {
  readonly url: string
  /** Takes nothing new, lets what runs come to its end (25 s at most), and closes. Safe to call twice. */
  close(): Promise<void>
}

/** What tests and the sandbox want otherwise. */
export type Overrides = {
  readonly queue?: QueueOptions
  readonly pace?: Pace
  readonly log?: DestinationStream
  /** Waybill's clock (ms, UTC), never behind the machine's: what is due, how old something is, and when it happened go by it. */
  readonly now?: () => number
  /** Told of every mark between effects. */
  readonly crashpoint?: (name: string) => void
}

/**
 * Starts Waybill: environment, database, queue, app, web, in this order; the last three are loaded while the database
 * opens. Rejects with `EnvironmentRefused` when the variables do not allow it; whatever was opened before a failure is
 * closed again.
 */
export async function start(
  variables: Readonly<Record<string, string | undefined>>,
  overrides: Overrides = {},
): Promise<Running> {
  const parsed = parseEnvironment(variables)
  if (parsed.kind === 'refused') throw new EnvironmentRefused(parsed.problems)
  const { environment } = parsed
  const secrets = environment.kind === 'app' ? secretsOf(environment) : []
  const { log: destination, pace, now, crashpoint } = overrides
  const log = createLog({ level: environment.logLevel, secrets, ...(destination === undefined ? {} : { destination }) })
  if (environment.kind === 'setup') return (await import('./serve-setup.ts')).serveSetup(environment, log)
  if (environment.jira === null) log.info('Jira is not configured: issue keys are read, and not looked up')
  const opened: (() => Promise<void>)[] = []
  try {
    const opening = openDatabase(environment.database, log, now && (() => now() - Date.now()))
    const loading = loadRest(environment)
    // Told below: the database has to be closed first.
    loading.catch(() => {})
    const database = await opening
    opened.push(() => database.close())
    const { openQueue, createMetrics, readDepths, openApp, openWeb } = await loading
    const queue = await openQueue(database, { drain: 20_000, ...overrides.queue }, log)
    opened.push(() => queue.stop())
    const metrics = createMetrics(() => readDepths(database))
    opened.push(async () => metrics.stop())
    const app = await openApp(environment, {
      database,
      queue,
      log,
      watch: metrics.watch,
      ...(pace && { pace }),
      now: now ?? Date.now,
      ...(crashpoint && { crashpoint }),
    })
    const web = await openWeb(environment, { database, queue, app, metrics, log })
    opened.push(() => web.close(3000))
    log.info({ url: web.url }, 'Waybill is ready')
    return { url: web.url, close: once(() => closeAll(opened)) }
  } catch (error) {
    // Why it could not start is what somebody has to know.
    await closeAll(opened).catch(() => {})
    throw error
  }
}

/** What follows once the database is open: most of Waybill, and most of the time until something is loaded. */
async function loadRest({ jira }: AppEnvironment) {
  const [{ openQueue }, { createMetrics }, { readDepths }, { openApp }, { openWeb }] = await Promise.all([
    import('./store/queue.ts'),
    import('./web/metrics.ts'),
    import('./store/depths.ts'),
    import('./open-app.ts'),
    import('./open-web.ts'),
    ...(jira === null ? [] : [import('./jira/issues.ts')]),
  ])
  return { openQueue, createMetrics, readDepths, openApp, openWeb }
}

/** The last opened first, each even where another fails. */
async function closeAll(opened: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = []
  for (const close of opened.toReversed()) await close().catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw new AggregateError(failures, 'not everything could be closed')
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  return () => {
    running ??= run()
    return running
  }
}

/** How long a start may go on that was told to end (ms): nothing is under way yet, and GitHub may be away for hours. */
const startMayGoOn = 1000

/** As a program: reads `.env`, drains at SIGTERM and SIGINT, and dies at once of what nobody caught. */
export async function main(overrides: Overrides = {}): Promise<void> {
  loadEnvFile()
  process.on('uncaughtException', (error) => die(error))
  process.on('unhandledRejection', (error) => die(error))
  let ready = false
  let stopping = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      setTimeout(() => process.exit(0), 25_000).unref()
      setTimeout(() => !ready && process.exit(0), startMayGoOn).unref()
      void starting.then((running) => running.close()).then(() => process.exit(0), die)
    })
  }
  const starting = start(process.env, overrides)
  try {
    await starting
    ready = true
  } catch (error) {
    die(error)
  }
}

/** The environment may be what is wrong, so nothing of it is relied on but its secrets, which are kept out of the log. */
function die(error: unknown): void {
  const parsed = parseEnvironment(process.env)
  const secrets = parsed.kind === 'parsed' && parsed.environment.kind === 'app' ? secretsOf(parsed.environment) : []
  const log = createLog({ level: 'fatal', secrets })
  if (error instanceof EnvironmentRefused) for (const line of error.message.split('\n')) log.fatal(line)
  else log.fatal({ err: error }, 'Waybill stops')
  process.exit(1)
}

if (process.argv[1] === import.meta.filename) await main()
