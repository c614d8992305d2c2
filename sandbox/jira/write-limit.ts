import type { MiddlewareHandler } from 'hono'
import { findIssue, type JiraState } from './state.ts'

const limits = [
  { writes: 20, ms: 2_000 },
  { writes: 100, ms: 30_000 },
] as const

/**
 * At most 20 writes in 2 s and 100 in 30 s for each issue; what comes on top is 429
 * (https://developer.atlassian.com/cloud/jira/platform/rate-limiting). Refused writes don't count.
 */
export function writeLimit(state: JiraState): MiddlewareHandler {
  const written = new Map<string, readonly number[]>()
  return async (c, next) => {
    const key = /^\/rest\/api\/3\/issue\/([^/]+)/.exec(c.req.path)?.[1]
    const issue = key === undefined ? undefined : findIssue(state, key)
    if (issue === undefined || c.req.method === 'GET') return next()
    const now = state.now()
    const times = (written.get(issue.id) ?? []).filter((at) => at > now - 30_000)
    const waits = limits.map(({ writes, ms }) => (times.at(-writes) ?? Number.NEGATIVE_INFINITY) + ms - now)
    const wait = Math.max(...waits)
    if (wait > 0) {
      c.header('Retry-After', String(Math.ceil(wait / 1000)))
      c.header('RateLimit-Reason', 'jira-per-issue-on-write')
      return c.json({ errorMessages: ['Rate limit exceeded.'], errors: {} }, 429)
    }
    written.set(issue.id, [...times, now])
    return next()
  }
}
