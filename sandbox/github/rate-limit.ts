import type { Context, MiddlewareHandler } from 'hono'

/** GitHub counts REST and GraphQL apart; search and the rest are of no use to Waybill and never touched. */
export type Pool = 'core' | 'graphql'

export type Quota = {
  readonly limit: number
  readonly used: number
  readonly remaining: number
  /** Seconds since 1970, UTC. */
  readonly reset: number
}

export type RateLimit = {
  /** Counts each request against its caller's pool, refuses what goes beyond, and puts the headers on every answer. */
  readonly middleware: MiddlewareHandler
  readonly quota: (by: string, pool: Pool) => Quota
  /** The body of `GET /rate_limit`, which itself costs nothing. */
  readonly overview: (by: string) => object
  /** Takes more points than the one that each request costs: GraphQL's big queries. */
  readonly spend: (by: string, pool: Pool, points: number) => void
  /** Leaves a caller so many calls in this window. */
  readonly leave: (order: { readonly by: string; readonly pool: Pool; readonly remaining: number }) => void
}

const windowMs = 3_600_000

/**
 * The primary rate limit: 5,000 an hour and pool for each caller
 * (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api). `now` is in milliseconds.
 */
export function createRateLimit(options: {
  readonly callerOf: (request: Request) => string
  readonly now: () => number
  readonly limit?: number
}): RateLimit {
  const { callerOf, now, limit = 5000 } = options
  const windows = new Map<string, { used: number; until: number }>()

  const windowOf = (by: string, pool: Pool) => {
    const known = windows.get(`${pool} ${by}`)
    if (known !== undefined && known.until > now()) return known
    const fresh = { used: 0, until: now() + windowMs }
    windows.set(`${pool} ${by}`, fresh)
    return fresh
  }
  const quota = (by: string, pool: Pool): Quota => {
    const { used, until } = windowOf(by, pool)
    return { limit, used, remaining: Math.max(0, limit - used), reset: Math.ceil(until / 1000) }
  }

  return {
    quota,
    overview: (by) => overview(quota(by, 'core'), quota(by, 'graphql'), now()),
    spend: (by, pool, points) => {
      windowOf(by, pool).used += points
    },
    leave: ({ by, pool, remaining }) => {
      windowOf(by, pool).used = limit - remaining
    },
    middleware: async (c, next) => {
      const pool = poolOf(new URL(c.req.url).pathname)
      if (pool === undefined) return next()
      const by = callerOf(c.req.raw)
      const free = c.req.path === '/rate_limit'
      const exhausted = !free && quota(by, pool).remaining === 0
      if (!free && !exhausted) windowOf(by, pool).used += 1
      if (exhausted) c.res = refuse(c, pool)
      else await next()
      putHeaders(c, quota(by, pool), pool)
    },
  }
}

function poolOf(path: string): Pool | undefined {
  if (path === '/graphql') return 'graphql'
  // Git over HTTP and the sandbox's own routes have no quota.
  return path.startsWith('/_sandbox') || /\.git\//.test(path) ? undefined : 'core'
}

function refuse(c: Context, pool: Pool): Response {
  const message = 'API rate limit exceeded for installation. If you reach out to GitHub Support for help, say so.'
  if (pool === 'graphql') return c.json({ errors: [{ type: 'RATE_LIMITED', message }] })
  const documentation_url = 'https://docs.github.com/rest/overview/resources-in-the-rest-api#rate-limiting'
  return c.json({ message, documentation_url, status: '403' }, 403)
}

function putHeaders(c: Context, quota: Quota, pool: Pool): void {
  const values = { ...quota, resource: pool }
  for (const [name, value] of Object.entries(values)) {
    // A fault may have said otherwise already.
    if (!c.res.headers.has(`x-ratelimit-${name}`)) c.res.headers.set(`x-ratelimit-${name}`, String(value))
  }
}

function overview(core: Quota, graphql: Quota, now: number): object {
  const untouched = { limit: 30, used: 0, remaining: 30, reset: Math.ceil(now / 1000) + 60 }
  return { resources: { core, graphql, search: untouched }, rate: core }
}
