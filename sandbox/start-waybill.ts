import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** A Waybill that runs as a process of its own. */
export type Waybill = {
  readonly url: string
  readonly pid: number
  /** Resolves when the process ends, whoever ended it. */
  readonly ended: Promise<void>
  /** Lets it finish what it does (SIGTERM), and kills it after 30 s. */
  readonly close: () => Promise<void>
}

type Place = {
  readonly environment: () => Readonly<Record<string, string>>
  /** Where Waybill will listen; its port is in the environment too. */
  readonly waybillUrl: string
  readonly pointWebhook: (url: string) => void
}

/**
 * Starts Waybill as a process of its own against a sandbox, and resolves when `GET /readyz` says yes and webhooks go to it. Its output goes to standard error.
 * `environment` comes on top of what the sandbox says, e.g. `DATABASE_URL`; a `.env` beside it changes nothing. `program` runs in place of
 * `src/begin.js`.
 */
export async function startWaybill(
  sandbox: Place,
  environment: Readonly<Record<string, string>> = {},
  program: string = fileURLToPath(new URL('../src/begin.js', import.meta.url)),
): Promise<Waybill> {
  const child = spawn(process.execPath, [...nodeFlags, program], {
    env: {
      ...process.env,
      GHE_HOST: '',
      PUBLIC_URL: '',
      PRIVATE_KEY_PATH: '',
      WEBHOOK_SECRET_PREVIOUS: '',
      DATABASE_URL: '',
      LOG_LEVEL: 'warn',
      ...sandbox.environment(),
      ...environment,
    },
    stdio: ['ignore', process.stderr, process.stderr],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const close = () => stop(child, ended)
  try {
    await ready(sandbox.waybillUrl, child)
    sandbox.pointWebhook(sandbox.waybillUrl)
  } catch (error) {
    await close()
    throw error
  }
  return { url: sandbox.waybillUrl, pid: child.pid ?? 0, ended, close }
}

/** As `npm start` has them. */
const nodeFlags: readonly string[] = ['--max-semi-space-size=2']

async function ready(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('Waybill ended before it was ready.')
    const answer = await fetch(`${url}/readyz`).catch(() => null)
    await answer?.body?.cancel()
    if (answer?.ok === true) return
    await pause(20)
  }
  throw new Error('Waybill was not ready within a minute.')
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 30_000)
  await ended
  clearTimeout(timer)
}
