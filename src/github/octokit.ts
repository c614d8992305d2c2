import { ProbotOctokit } from 'probot'
import type { Watch } from '../model/watched.ts'
import type { Limits, Log } from '../reconcile/world.ts'
import { createGuardedFetch } from './guarded-fetch.ts'
import { isJson } from './json.ts'
import { ownLimits } from './own-limits.ts'
import { type Pace, usualPace } from './pace.ts'
import { readGraphqlLimit } from './read-limit.ts'
import { createStanding, type Standing } from './standing.ts'
import { watchCalls } from './watch-calls.ts'

/** What the adapter uses of an Octokit. */
export type Octokit = Pick<ProbotOctokit, 'request'>

export type OctokitClassOptions = {
  /** GitHub's API, without a slash at the end. */
  readonly baseUrl: string
  readonly log: Log
  /** ms, UTC */
  readonly now: () => number
  readonly pace?: Pace
  /** Default: shared with nobody. */
  readonly limits?: Limits
  /** Told of every call that was sent. */
  readonly watch?: Watch
}

/**
 * The Octokit class that Probot is given. It has Probot's way to authenticate and none of its plugins: no sleeping
 * until a limit ends, no second POST after a lost answer; only `request`, `graphql`, `hook` and `auth` are there. Limits
 * and outages are thrown as `Failed` busy and remembered for the installation in all instances of the class; answers
 * of 400 to 499 stay Octokit's `RequestError`.
 */
export function createOctokitClass({
  baseUrl,
  log,
  now,
  pace = usualPace,
  limits = ownLimits,
  watch = () => {},
}: OctokitClassOptions): typeof ProbotOctokit {
  const standing = createStanding({ now, log, pace, limits })
  const fetch = createGuardedFetch({ timeout: pace.timeout, largest: 10_000_000, pauses: pace.pauses })
  class WaybillOctokit extends ProbotOctokit {
    static override plugins: (typeof ProbotOctokit)['plugins'] = [watchCalls(watch), guard(standing, { now, pace })]
  }
  return WaybillOctokit.defaults((given: ConstructorOptions) => ({
    ...given,
    baseUrl,
    ...(given.auth === undefined ? {} : { auth: withoutRequest(given.auth) }),
    request: { ...given.request, fetch },
  }))
}

type ConstructorOptions = NonNullable<ConstructorParameters<typeof ProbotOctokit>[0]>

/** Probot hands its own `request` to the token exchange, with neither our address nor our limits; without it Octokit's is used. */
function withoutRequest(auth: unknown): unknown {
  if (!isJson(auth)) return auth
  const { request: _probots, ...rest } = auth
  return rest
}

type Plugin = (typeof ProbotOctokit)['plugins'][number]

function guard(standing: Standing, { now, pace }: { readonly now: () => number; readonly pace: Pace }): Plugin {
  return (octokit, options) => {
    const installationId = isJson(options.auth) ? options.auth['installationId'] : undefined
    const key = typeof installationId === 'number' ? String(installationId) : 'app'
    octokit.hook.wrap('request', async (request, endpoint) => {
      await standing.check(key)
      try {
        const response = await Promise.resolve(request(endpoint)).catch(async (error: unknown) => {
          if (key === 'app' || !isUnauthorized(error)) throw error
          await octokit.auth({ type: 'installation', installationId, refresh: true })
          return request(endpoint)
        })
        const limit = endpoint.url.endsWith('/graphql') ? readGraphqlLimit(response, { now: now(), pace }) : null
        if (limit !== null) throw await standing.limited(key, limit.until, limit.cause)
        await standing.succeeded(key)
        return response
      } catch (error) {
        throw (await standing.failed(key, error)) ?? error
      }
    })
  }
}

/** A token that GitHub took back: it did nothing, so a new token and a second try are safe for writes too. */
function isUnauthorized(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 401
}
