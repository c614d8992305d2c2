import { Failed } from '../model/failure.ts'
import type { Watch } from '../model/watched.ts'
import type { Limits } from '../reconcile/world/limits.ts'
import type { Log } from '../reconcile/world/log.ts'
import { conditional } from './conditional.ts'
import { createGuardedFetch, jsonOf } from './guarded-fetch.ts'
import { isOnceOnly } from './is-once-only.ts'
import { isJson } from './json.ts'
import { ProbotOctokit } from './library.ts'
import { ownLimits } from './own-limits.ts'
import { type Pace, usualPace } from './pace.ts'
import { readGraphqlLimit } from './read-limit.ts'
import { createStanding, type Standing } from './standing.ts'
import { watchCalls } from './watch-calls.ts'

/** What the adapter uses of an Octokit. `lag` is its pace's (ms), else the usual one. */
export type Octokit = Pick<ProbotOctokit, 'request'> & { readonly lag?: number }

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
 * until a limit ends, no second POST after a lost answer or a refused token; only `request`, `graphql`, `hook` and `auth` are there. Limits
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
  const fetch = mindingTokens(createGuardedFetch({ timeout: pace.timeout, largest: 10_000_000, pauses: pace.pauses }))
  const asking = conditional()
  class WaybillOctokit extends ProbotOctokit {
    readonly lag = pace.lag
    static override plugins: (typeof ProbotOctokit)['plugins'] = [
      watchCalls(watch),
      asking,
      guard(standing, { now, pace }),
      oneForAllEvents,
    ]
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

/**
 * Probot makes a client for each delivery that it hands on. Our handlers call nothing, and a client costs more than the
 * rest of a delivery: they are given the App's own.
 */
const oneForAllEvents: Plugin = (octokit) => {
  const { auth } = octokit
  const authOf = async (...asked: readonly unknown[]): Promise<unknown> => {
    const [options] = asked
    return isJson(options) && options['type'] === 'event-octokit' ? octokit : auth(...asked)
  }
  return { auth: Object.assign(authOf, auth) }
}

function guard(standing: Standing, { now, pace }: { readonly now: () => number; readonly pace: Pace }): Plugin {
  return (octokit, options) => {
    const installationId = isJson(options.auth) ? options.auth['installationId'] : undefined
    const key = typeof installationId === 'number' ? String(installationId) : 'app'
    octokit.hook.wrap('request', async (request, endpoint) => {
      // A token is asked for within another call: the one that was let through to see whether GitHub is back needs it.
      if (endpoint.url.endsWith('/access_tokens')) return request(endpoint)
      await standing.check(key)
      try {
        const isGraphql = endpoint.url.endsWith('/graphql')
        // Each hook is given this very object, whatever the one before it passes on.
        if (isGraphql) Object.assign(endpoint, { request: { ...endpoint.request, parseSuccessResponseBody: false } })
        const send = async () => parsed(await request(endpoint))
        const response = await send().catch(async (error: unknown) => {
          if (!(isUnauthorized(error) || isUnfinished(error))) throw error
          // Each of its requests is signed anew, and nothing that the App itself asks for harms when it is done twice.
          if (key === 'app') return send()
          await octokit.auth({ type: 'installation', installationId, refresh: true })
          if (!isUnfinished(error)) return send()
          throw unfinished(now() + pace.unfinished)
        })
        const limit = isGraphql ? readGraphqlLimit(response, { now: now(), pace }) : null
        if (limit !== null) throw await standing.limited(key, limit.until, limit.cause)
        await standing.succeeded(key)
        return response
      } catch (error) {
        throw (await standing.failed(key, error)) ?? error
      }
    })
  }
}

/** Octokit minds numbers beyond 2^53, of which our queries ask for none, and takes ten times as long for it. */
function parsed<T extends { data: unknown }>(response: T): T {
  return response.data instanceof ReadableStream ? { ...response, data: jsonOf(response.data) } : response
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 401
}

/** Octokit's authentication sends again by itself what a young token was refused for, unless it sees no answer. */
function mindingTokens(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    if (response.status !== 401) return response
    const url = new URL(input instanceof Request ? input.url : input)
    if (isOnceOnly(init?.method ?? 'GET', url.pathname)) throw new TokenRefused()
    return response
  }
}

function isUnfinished(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof TokenRefused
}

function unfinished(until: number): Failed {
  return new Failed({ kind: 'busy', until, cause: 'GitHub refused the token of a write' })
}

/** Of a write that was done for all we know: whoever ordered it looks before it is sent again. */
class TokenRefused extends Error {}
