import { setTimeout as pause } from 'node:timers/promises'

export type GuardedFetchOptions = {
  /** ms for one try, connection and whole body. */
  readonly timeout: number
  /** Bytes of one answer. */
  readonly largest: number
  /** ms before each further try of a read. */
  readonly pauses: readonly number[]
}

/**
 * `fetch` that always ends: every try has a time limit, an answer has a size limit, and JSON that is cut off is no
 * answer. Reads (GET, HEAD and GraphQL queries) are tried again on a lost connection and on 502, 503 and 504; writes
 * never are, since their answer may be lost after they were done. A redirect is followed only to the same origin.
 */
export function createGuardedFetch(options: GuardedFetchOptions): typeof globalThis.fetch {
  return async (input, init) => {
    const request = { url: new URL(input instanceof Request ? input.url : input), init: init ?? {} }
    const pauses = isRead(request) ? options.pauses : []
    for (const ms of pauses) {
      const answer = await attempt(request, options).catch(() => null)
      if (answer !== null && ![502, 503, 504].includes(answer.status)) return answer
      await pause(ms)
    }
    return attempt(request, options)
  }
}

/** By an answer's body, what it says: it was parsed to see that it is whole. */
const wholes = new WeakMap<ReadableStream, unknown>()

/** The JSON of an answer of a guarded `fetch`, by its body; undefined where it was empty or no success. */
export function jsonOf(body: ReadableStream): unknown {
  return wholes.get(body)
}

type Call = { readonly url: URL; readonly init: RequestInit }

function isRead({ url, init }: Call): boolean {
  const method = (init.method ?? 'GET').toUpperCase()
  if (method === 'GET' || method === 'HEAD') return true
  return url.pathname.endsWith('/graphql') && typeof init.body === 'string' && !/"query":"\s*mutation\b/.test(init.body)
}

async function attempt(call: Call, { timeout, largest }: GuardedFetchOptions): Promise<Response> {
  const signal = AbortSignal.any([AbortSignal.timeout(timeout), ...(call.init.signal ? [call.init.signal] : [])])
  let at = call
  for (let hops = 0; ; hops++) {
    const response = await globalThis.fetch(at.url, { ...at.init, redirect: 'manual', signal })
    const location = response.headers.get('location')
    if (response.status < 300 || response.status >= 400 || location === null) return readAll(response, largest)
    await response.body?.cancel()
    const url = new URL(location, at.url)
    const repeats = response.status === 307 || response.status === 308 || isRead(at)
    if (url.origin !== call.url.origin || !repeats || hops === 3) throw new Error('a redirect that is not followed')
    at = { ...at, url }
  }
}

async function readAll(response: Response, largest: number): Promise<Response> {
  if (response.body === null) return response
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body) {
    size += chunk.byteLength
    if (size > largest) throw new Error(`an answer of more than ${largest} bytes`)
    chunks.push(chunk)
  }
  const body = Buffer.concat(chunks)
  const json = response.ok && size > 0 ? parseWhole(response, body) : undefined
  const headers = new Headers(response.headers)
  headers.delete('content-encoding')
  headers.delete('content-length')
  const answer = new Response([204, 205, 304].includes(response.status) ? null : body, {
    status: response.status,
    statusText: response.statusText,
    headers,
  })
  if (answer.body !== null) wholes.set(answer.body, json)
  return answer
}

function parseWhole(response: Response, body: Buffer): unknown {
  if (!(response.headers.get('content-type') ?? '').includes('json')) throw new Error('an answer that is not JSON')
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new Error('an answer that is cut off')
  }
}
