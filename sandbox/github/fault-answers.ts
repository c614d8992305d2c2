import type { Context } from 'hono'
import { isJsonObject, type JsonObject } from '../json-schema.ts'
import { hang, reset, truncated } from '../spoil.ts'
import type { Fault } from './faults.ts'

export type FaultAnswers = {
  /** What the caller gets instead; undefined when the fault has nothing to say (no older answer to repeat). */
  readonly answer: (c: Context, fault: Fault) => Promise<Response | undefined>
  /** Keeps a read's answer, so that `stale` can repeat it. */
  readonly remember: (c: Context, by: string) => Promise<void>
  readonly close: () => void
}

const rememberedAnswers = 500
const limitsPage = 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api'

/** Builds the answers that faults give, in the words and headers of GitHub. `now` is in milliseconds. */
export function createFaultAnswers(options: { readonly now: () => number }): FaultAnswers {
  const old = new Map<string, Response>()
  const closing = new AbortController()

  return {
    close: () => closing.abort(),
    remember: async (c, by) => {
      if (c.req.method !== 'GET' && c.req.path !== '/graphql') return
      const key = await keyOf(c, by)
      old.delete(key)
      old.set(key, c.res.clone())
      for (const oldest of [...old.keys()].slice(0, Math.max(0, old.size - rememberedAnswers))) old.delete(oldest)
    },
    answer: async (c, fault) => {
      switch (fault.fault) {
        case 'graphql-partial':
          return partial(c.res)
        case 'truncated-json':
          return truncated(c.res)
        case 'stale':
          return old.get(await keyOf(c, fault.by))?.clone()
        case 'redirect':
          return redirect(c)
        case 'reset':
          return reset(c)
        case 'hang':
          await hang(c, { ms: (fault.seconds ?? 60) * 1000, closing: closing.signal })
          return reset(c)
        case 'secondary-limit':
        case 'secondary-limit-retry-after':
        case '429':
        case 'remaining-0':
        case 'graphql-rate-limited':
          return limited(fault.fault, { seconds: fault.seconds ?? 1, now: options.now() })
        case '502':
        case '503':
        case '504':
        case 'html-500':
        case '401':
        case '404-once':
          return broken(fault.fault)
      }
    },
  }
}

type LimitFault = 'secondary-limit' | 'secondary-limit-retry-after' | '429' | 'remaining-0' | 'graphql-rate-limited'

function limited(fault: LimitFault, { seconds, now }: { readonly seconds: number; readonly now: number }): Response {
  const retryAfter = { 'retry-after': String(Math.ceil(seconds)) }
  switch (fault) {
    case 'secondary-limit':
      return secondary(403, {})
    case 'secondary-limit-retry-after':
      return secondary(403, retryAfter)
    case '429':
      return secondary(429, retryAfter)
    case 'remaining-0':
      return json(403, { message: exceeded, documentation_url: limitsPage, status: '403' }, spent(now, seconds))
    case 'graphql-rate-limited':
      return json(200, { errors: [{ type: 'RATE_LIMITED', message: exceeded }] }, spent(now, seconds))
  }
}

function broken(fault: '502' | '503' | '504' | 'html-500' | '401' | '404-once'): Response {
  const documentation_url = 'https://docs.github.com/rest'
  switch (fault) {
    case '502':
    case '503':
    case '504':
      return json(Number(fault), { message: 'Server Error' })
    case 'html-500':
      return html(500, '<!DOCTYPE html><html><body><h1>Whoa there!</h1></body></html>')
    case '401':
      return json(401, { message: 'Bad credentials', documentation_url, status: '401' })
    case '404-once':
      return json(404, { message: 'Not Found', documentation_url, status: '404' })
  }
}

const exceeded = 'API rate limit exceeded for installation ID 1.'

async function keyOf(c: Context, by: string): Promise<string> {
  return `${by} ${c.req.method} ${c.req.url} ${c.req.method === 'POST' ? await c.req.text() : ''}`
}

function json(status: number, body: object, headers: { readonly [name: string]: string } = {}): Response {
  const type = { 'content-type': 'application/json; charset=utf-8' }
  return new Response(JSON.stringify(body), { status, headers: { ...type, ...headers } })
}

function html(status: number, text: string): Response {
  return new Response(text, { status, headers: { 'content-type': 'text/html; charset=utf-8' } })
}

function secondary(status: 403 | 429, headers: { readonly [name: string]: string }): Response {
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'
  return json(
    status,
    { message, documentation_url: `${limitsPage}#about-secondary-rate-limits`, status: String(status) },
    headers,
  )
}

function spent(now: number, seconds: number): { readonly [name: string]: string } {
  return { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.ceil(now / 1000 + seconds)) }
}

/** GitHub answers what it found, null for what it lost, and an error with the path. */
async function partial(answer: Response): Promise<Response> {
  const whole: unknown = await answer.clone().json()
  const data = isJsonObject(whole) && isJsonObject(whole['data']) ? whole['data'] : {}
  const path = firstObject(data)
  const message =
    'Something went wrong while executing your query. Please include this request ID when reporting the issue.'
  return json(200, { data: lose(data, path), errors: [{ message, path, locations: [{ line: 1, column: 1 }] }] })
}

/** The path of the first object within the first object, or as far as there is one. */
function firstObject(data: JsonObject): readonly string[] {
  const [name, inner] = Object.entries(data).find(([, value]) => isJsonObject(value)) ?? []
  if (name === undefined || !isJsonObject(inner)) return Object.keys(data).slice(0, 1)
  const deeper = Object.keys(inner).find((key) => isJsonObject(inner[key]))
  return deeper === undefined ? [name] : [name, deeper]
}

function lose(data: JsonObject, [name, ...rest]: readonly string[]): JsonObject {
  if (name === undefined) return data
  const inner = data[name]
  return { ...data, [name]: rest.length > 0 && isJsonObject(inner) ? lose(inner, rest) : null }
}

/** To itself: 301 for reads, 307 for writes (https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api). */
function redirect(c: Context): Response {
  const status = c.req.method === 'GET' || c.req.method === 'HEAD' ? 301 : 307
  return json(status, { message: 'Moved Permanently', url: c.req.url }, { location: c.req.url })
}
