import type { Context } from 'hono'
import { hang, reset, truncated } from '../spoil.ts'
import type { Fault } from './faults.ts'

/** What the caller gets instead of the answer. Hanging and dripping end when `closing` does. */
export async function faultAnswer(c: Context, fault: Fault, closing: AbortSignal): Promise<Response> {
  const ms = (fault.seconds ?? 60) * 1000
  switch (fault.fault) {
    case '502':
    case '503':
    case '504':
      return json(Number(fault.fault), { message: 'Upstream is not available' })
    case 'html-500':
      return html(500, '<!DOCTYPE html><html><body><h1>Something went wrong</h1></body></html>')
    case 'html-404':
      return html(404, '<!DOCTYPE html><html><body><h1>Your site is not here any more</h1></body></html>')
    case 'html-200':
      return html(200, '<!DOCTYPE html><html><body><h1>Log in to your account</h1></body></html>')
    case '401':
      return json(401, { code: 401, message: 'Unauthorized' })
    case '403':
      return json(403, { code: 403, message: 'Forbidden' })
    case '404':
      return json(404, { errorMessages: ['Not found'], errors: {} })
    case '429':
      return json(429, { errorMessages: ['Rate limit exceeded.'], errors: {} }, limited(fault))
    case 'truncated-json':
      return truncated(c.res)
    case 'redirect':
      return new Response(null, { status: 302, headers: { location: '/secure/Dashboard.jspa' } })
    case 'reset':
      return reset(c)
    case 'hang':
      await hang(c, { ms, closing })
      return reset(c)
    case 'drip':
      return new Response(dripping(c, { ms, closing }), { headers: jsonType })
    case 'huge':
      return new Response(endless(1000, closing), { headers: jsonType })
  }
}

const jsonType = { 'content-type': 'application/json;charset=UTF-8' }

function json(status: number, body: object, headers: { readonly [name: string]: string } = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { ...jsonType, ...headers } })
}

function html(status: number, text: string): Response {
  return new Response(text, { status, headers: { 'content-type': 'text/html;charset=UTF-8' } })
}

/** A limit of the one issue that the fault names, else of everything. */
function limited({ seconds = 1, issue }: Fault): { readonly [name: string]: string } {
  const reason = issue === undefined ? 'jira-burst-based' : 'jira-per-issue-on-write'
  return { 'retry-after': String(Math.ceil(seconds)), 'ratelimit-reason': reason }
}

/** A blank four times a second, which is valid JSON as far as it goes. */
function dripping(
  c: Context,
  { ms, closing }: { readonly ms: number; readonly closing: AbortSignal },
): ReadableStream<Uint8Array> {
  let left = Math.ceil(ms / 250)
  return new ReadableStream({
    pull: async (controller) => {
      await hang(c, { ms: 250, closing })
      left -= 1
      controller.enqueue(new TextEncoder().encode(' '))
      if (left <= 0 || closing.aborted) controller.close()
    },
  })
}

/** So many megabytes of blanks. */
function endless(megabytes: number, closing: AbortSignal): ReadableStream<Uint8Array> {
  const chunk = new Uint8Array(1_000_000).fill(32)
  let left = megabytes
  return new ReadableStream({
    pull: (controller) => {
      left -= 1
      controller.enqueue(chunk)
      if (left <= 0 || closing.aborted) controller.close()
    },
  })
}
