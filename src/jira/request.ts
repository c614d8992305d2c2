import type { Watch } from '../model/watched.ts'
import { plain } from '../words/inert.ts'
import { listOf, objectOf } from './json.ts'
import { JiraTrouble, type Trouble } from './trouble.ts'

export type Limits = {
  /** ms for connection, answer and whole body. */
  readonly timeout: number
  /** Bytes of one answer. */
  readonly largest: number
}

export type Ask = {
  readonly method: string
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  /** Sent as JSON; undefined for none. */
  readonly body: unknown
}

/** The JSON of a 2xx answer, undefined if it is empty. Rejects with `JiraTrouble`. */
export type Request = (ask: Ask) => Promise<unknown>

/**
 * One HTTP exchange that always ends: within a time limit, within a size limit, without following redirects (fetch would turn a POST to
 * a renamed site into a GET, and take the credentials elsewhere). A 2xx answer that is not JSON, or is cut off, is no answer, and what
 * is answered to a stranger is a 401. Nothing is tried again here.
 */
export function createRequest({ timeout, largest }: Limits, watch: Watch = () => {}): Request {
  return async ({ method, url, headers, body }) => {
    const signal = AbortSignal.timeout(timeout)
    const call = `${method} ${kindOf(url)}`
    let status = 0
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    try {
      const response = await fetch(url, { method, headers: headersOf(headers), redirect: 'manual', signal, ...sent })
      status = response.status
      const text = await readText(response, largest)
      if (!response.ok || isStranger(response)) throw new JiraTrouble(refusal(response, text))
      return text === '' ? undefined : parse(response, text)
    } catch (error) {
      if (error instanceof JiraTrouble) throw error
      const cause = signal.aborted ? `no answer within ${timeout / 1000} s` : `the connection failed${codeOf(error)}`
      throw new JiraTrouble({ kind: 'lost', cause })
    } finally {
      watch({ kind: 'call', to: 'jira', call, status })
    }
  }
}

/** The path without what names an issue, a project or a site. */
function kindOf(url: string): string {
  return new URL(url).pathname
    .replace(/\/cloud\/[^/]+/, '/cloud/{cloudId}')
    .replaceAll(/\/[^/]*(?:\d|%)[^/]*(?=\/|$)/g, (segment) => (/^\/\d(?:\.\d)?$/.test(segment) ? segment : '/{id}'))
}

function headersOf(headers: { readonly [name: string]: string }): { readonly [name: string]: string } {
  return { accept: 'application/json', 'content-type': 'application/json', 'user-agent': 'Waybill', ...headers }
}

async function readText({ body }: Response, largest: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.byteLength
    // Leaving the loop cancels the body, and with it the connection.
    if (size > largest) throw new JiraTrouble({ kind: 'lost', cause: `an answer of more than ${largest} bytes` })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parse({ headers }: Response, text: string): unknown {
  if (!(headers.get('content-type') ?? '').includes('json')) {
    throw new JiraTrouble({ kind: 'lost', cause: 'an answer that is not JSON, perhaps a login page or a proxy' })
  }
  const json = jsonOf(text)
  if (json === null) throw new JiraTrouble({ kind: 'lost', cause: 'an answer that is cut off' })
  return json.value
}

/**
 * To wrong credentials Jira answers some calls as to anybody: an empty list, or that the issue is not there. Only a header says so
 * (https://jira.atlassian.com/browse/JRACLOUD-94680).
 */
function isStranger({ headers }: Response): boolean {
  return /AUTHENTICATED_FAILED|AUTHENTICATION_DENIED/.test(headers.get('x-seraph-loginreason') ?? '')
}

function refusal(response: Response, text: string): Trouble {
  const { status, headers } = response
  const json = jsonOf(text)
  const stranger = isStranger(response)
  return {
    kind: 'answered',
    status: stranger ? 401 : status,
    message: messageOf(json?.value),
    json: json !== null,
    absence: status === 404 && !stranger && listOf(objectOf(json?.value)['errorMessages']).length > 0,
    retryAfter: parseRetryAfter(headers),
    perIssue: headers.get('ratelimit-reason') === 'jira-per-issue-on-write',
  }
}

function jsonOf(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return null
  }
}

/** Seconds, or a date that is counted from the answer's own `Date`, so that no clock has to be right; null for anything else. */
function parseRetryAfter(headers: Headers): number | null {
  const given = headers.get('retry-after')
  if (given === null) return null
  const seconds = /^\d+(?:\.\d+)?$/.test(given)
  const ms = seconds ? Number(given) * 1000 : dateOf(given) - dateOf(headers.get('date') ?? '')
  return !Number.isNaN(ms) ? Math.min(Math.max(ms, shortestWait), longestWait) : null
}

/** `Tue, 03 Feb 2026 10:00:07 GMT`. JavaScript would take almost any number for some year. */
function dateOf(text: string): number {
  return /^[A-Z][a-z]{2}, \d/.test(text) ? Date.parse(text) : Number.NaN
}

/** “At once” would ask again and again meanwhile; for longer than an hour nobody is obeyed: Jira's widest limit is counted by it. */
const shortestWait = 1000
const longestWait = 3_600_000

/** The first sentence in any of the shapes that Jira and its gateway use for errors. */
function messageOf(body: unknown): string {
  const { errorMessages, errors, message, error_description: description } = objectOf(body)
  const [first] = [...listOf(errorMessages), ...Object.values(objectOf(errors)), message, description].filter(
    (one) => typeof one === 'string' && one !== '',
  )
  return plain(String(first ?? '')).slice(0, 200)
}

/** fetch hides the reason (`ECONNREFUSED`) in causes. */
function codeOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 4) return ''
  return 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : codeOf(error.cause, depth + 1)
}
