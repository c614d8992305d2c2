import { isJson, type Json } from './json.ts'
import type { Pace } from './pace.ts'

/** A limit of GitHub's: nothing is to be sent before `until` (ms, UTC, by our clock). */
export type Limit = { readonly until: number; readonly cause: string }

/** Whatever GitHub says: never at once, and no longer than its widest limit, which is counted by the hour (ms). */
const shortestWait = 1000
const longestWait = 3_660_000

/** Our clock (ms, UTC), and how long to wait where GitHub names no time. */
export type At = { readonly now: number; readonly pace: Pace }

/** The limit that a 403 or 429 stands for, null for any other error. */
export function readLimit(error: unknown, at: At): Limit | null {
  const { now, pace } = at
  if (!isError(error) || (error['status'] !== 403 && error['status'] !== 429)) return null
  const response = isJson(error['response']) ? error['response'] : {}
  const headers = isJson(response['headers']) ? response['headers'] : {}
  const message = isJson(response['data']) ? String(response['data']['message'] ?? '') : ''
  if (headers['retry-after'] !== undefined) {
    const seconds = Number(headers['retry-after'])
    const wait = Math.min(Math.max(seconds * 1000, shortestWait), longestWait)
    return { until: now + (seconds >= 0 ? wait : pace.unnamed), cause: 'GitHub asked to be called less' }
  }
  if (headers['x-ratelimit-remaining'] === '0')
    return { until: resetOf(headers, at), cause: 'the hourly limit is used up' }
  const secondary = error['status'] === 429 || /secondary rate limit|abuse detection/i.test(message)
  return secondary ? { until: now + pace.unnamed, cause: 'GitHub asked to be called less' } : null
}

/** The limit in a GraphQL answer, which is a 200 all the same; null where there is none. */
export function readGraphqlLimit(answer: { readonly data: unknown; readonly headers: unknown }, at: At): Limit | null {
  const errors = isJson(answer.data) && Array.isArray(answer.data['errors']) ? answer.data['errors'] : []
  const limited = errors.some(
    (error: unknown) =>
      isJson(error) &&
      (error['type'] === 'RATE_LIMITED' || /secondary rate limit|rate limit exceeded/i.test(String(error['message']))),
  )
  const headers = isJson(answer.headers) ? answer.headers : {}
  if (limited) return { until: resetOf(headers, at), cause: 'the hourly limit for queries is used up' }
  const broke = errors.some(
    (error: unknown) => isJson(error) && /^something went wrong/i.test(String(error['message'])),
  )
  return broke ? { until: at.now + at.pace.unfinished, cause: 'GitHub could not finish a query' } : null
}

/** Measured against GitHub's own clock, so that ours may be wrong. */
function resetOf(headers: Json, { now, pace }: At): number {
  const reset = Number(headers['x-ratelimit-reset']) * 1000
  const date = Date.parse(String(headers['date'] ?? ''))
  const wait = reset - (Number.isNaN(date) ? now : date)
  return wait > 0 && headers['x-ratelimit-remaining'] === '0' ? now + Math.min(wait, longestWait) : now + pace.unnamed
}

function isError(error: unknown): error is Json & Error {
  return error instanceof Error && 'status' in error
}
