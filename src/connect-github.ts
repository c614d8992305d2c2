import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import { type AppEnvironment, EnvironmentRefused } from './env.ts'
import { createCode } from './github/code.ts'
import { Probot } from './github/library.ts'
import { createOctokitClass, type Octokit } from './github/octokit.ts'
import type { Pace } from './github/pace.ts'
import { Failed } from './model/failure.ts'
import type { Watch } from './model/watched.ts'
import type { Code } from './reconcile/world/code.ts'
import type { Limits } from './reconcile/world/limits.ts'
import type { Memory } from './reconcile/world/memory.ts'

export type Github = {
  readonly probot: Probot
  readonly app: { readonly id: number; readonly slug: string }
  readonly code: Code
  readonly appOctokit: Octokit
  readonly octokitFor: (installationId: number) => Promise<Octokit>
  /** A no-op unless the environment names this point: then the process dies there as by `kill -9`. */
  readonly crashpoint: (name: string) => void
}

export type GithubParts = {
  readonly log: Logger
  readonly markerSecret: string
  /** What stands in for a broken configuration. */
  readonly kept: Pick<Memory, 'goodFile' | 'keepGoodFile' | 'accountsBound' | 'bindAccounts'>
  readonly pace?: Pace
  /** A command that a person runs gives up while GitHub is away; the server waits (the default). */
  readonly givesUp?: boolean
  readonly limits?: Limits
  readonly watch?: Watch
  /** ms, UTC. By default the machine's clock. */
  readonly now?: () => number
  /** Default: the point that the environment names. */
  readonly crashpoint?: (name: string) => void
}

/**
 * GitHub as the App sees it. While GitHub is away it waits, or rejects where `givesUp`; rejects with `EnvironmentRefused`
 * when GitHub does not know the App, or not by this key.
 */
export async function connectGithub(environment: AppEnvironment, parts: GithubParts): Promise<Github> {
  const { log, markerSecret, kept, pace, limits, watch, givesUp = false, now = Date.now } = parts
  const { crashpoint = crashpointOf(environment) } = parts
  const { appId, privateKey, webhookSecrets, mode, githubApiUrl: baseUrl } = environment
  const Octokit = createOctokitClass({
    baseUrl,
    log,
    now,
    ...(pace && { pace }),
    ...(limits && { limits }),
    ...(watch && { watch }),
  })
  const probot = new Probot({ appId, privateKey, secret: webhookSecrets[0], baseUrl, Octokit, log })
  const appOctokit = await probot.auth()
  const app = { id: appId, slug: await readSlug(appOctokit, { log, now, givesUp }) }
  const octokitFor = (installationId: number) => probot.auth(installationId)
  const ports = { octokitFor, appOctokit, crashpoint, kept, log }
  const code = createCode({ ...ports, app, markerSecret, mode, now })
  return { probot, app, code, appOctokit, octokitFor, crashpoint }
}

/** The name under which our App comments and pushes tags. While GitHub is away it is asked for again. */
async function readSlug(
  octokit: Octokit,
  { log, now, givesUp }: Required<Pick<GithubParts, 'log' | 'now' | 'givesUp'>>,
): Promise<string> {
  for (;;) {
    try {
      const { data } = await octokit.request('GET /app')
      if (data?.slug === undefined) throw new Error('GitHub does not say what this App is called')
      return data.slug
    } catch (error) {
      if (error instanceof Error && 'status' in error && (error.status === 401 || error.status === 404)) {
        throw new EnvironmentRefused(['APP_ID and PRIVATE_KEY do not belong to one App that GitHub knows: check both'])
      }
      if (!(error instanceof Failed) || error.failure.kind !== 'busy') throw error
      if (givesUp)
        throw new Error(`GitHub can't be asked now (${error.failure.cause}): check GITHUB_API_URL, or try again later`)
      log.warn({ cause: error.failure.cause }, 'GitHub does not answer yet')
      await pause(Math.min(Math.max(error.failure.until - now(), 1000), 30_000))
    }
  }
}

/** For tests of recovery: dies at the named point as by `kill -9`. */
function crashpointOf({ crashpoint }: AppEnvironment): (name: string) => void {
  if (crashpoint === null) return () => {}
  return (name) => {
    if (name === crashpoint) process.kill(process.pid, 'SIGKILL')
  }
}
