import { createHash } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'

/**
 * ETags on what is read by REST. An answer that the caller has already is a 304 without a body, and `spare` gives the
 * call back to its pool (https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api).
 */
export function conditionalReads(spare: (request: Request) => void): MiddlewareHandler {
  return async (c, next) => {
    await next()
    const isJson = c.res.headers.get('content-type')?.includes('json') === true
    if (c.req.method !== 'GET' || c.res.status !== 200 || !isJson || c.req.path.startsWith('/_sandbox')) return
    const body = await c.res.clone().text()
    const etag = `W/"${createHash('sha256').update(body).digest('hex')}"`
    c.res.headers.set('etag', etag)
    if (c.req.header('if-none-match') !== etag) return
    const headers = new Headers(c.res.headers)
    headers.delete('content-type')
    headers.delete('content-length')
    c.res = undefined
    c.res = new Response(null, { status: 304, headers })
    spare(c.req.raw)
  }
}
