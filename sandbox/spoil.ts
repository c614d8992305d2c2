import { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import { isJsonObject } from './json-schema.ts'

/** The first half of an answer; of one without a body there is no half. */
export async function truncated(answer: Response): Promise<Response> {
  if (answer.body === null) return answer
  const text = await answer.clone().text()
  const headers = new Headers(answer.headers)
  headers.delete('content-length')
  return new Response(text.slice(0, Math.ceil(text.length / 2)), { status: answer.status, headers })
}

/** Cuts the connection. `x-hono-already-sent` tells the server that there is nothing left to send. */
export function reset(c: Context): Response {
  incoming(c)?.socket.resetAndDestroy()
  return new Response(null, { status: 500, headers: { 'x-hono-already-sent': 'true' } })
}

/** Does not answer for so many ms, or until the caller goes away, or until `closing`. */
export function hang(
  c: Context,
  { ms, closing }: { readonly ms: number; readonly closing: AbortSignal },
): Promise<void> {
  const socket = incoming(c)?.socket
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      socket?.off('close', end)
      closing.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    closing.addEventListener('abort', end)
    socket?.once('close', end)
    if (closing.aborted) end()
  })
}

function incoming(c: Context): IncomingMessage | undefined {
  const given: unknown = isJsonObject(c.env) ? c.env['incoming'] : undefined
  return given instanceof IncomingMessage ? given : undefined
}
