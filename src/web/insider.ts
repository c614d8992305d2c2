import { createHash, timingSafeEqual } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'

/**
 * Whether a request may see what is inside: it carries the token, or comes from this machine and was handed on by
 * nobody. A proxy on this machine must not pass strangers off as neighbours.
 */
export function isInsider(c: Context<{ Bindings: Partial<HttpBindings> }>, token: string | null): boolean {
  const given = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  if (given !== undefined) return token !== null && same(given, token)
  const forwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some(
    (name) => c.req.header(name) !== undefined,
  )
  const address = c.env?.incoming?.socket.remoteAddress ?? ''
  return !forwarded && ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(address)
}

function same(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(a), hash(b))
}
