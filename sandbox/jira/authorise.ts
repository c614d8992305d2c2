import type { MiddlewareHandler } from 'hono'
import type { JiraState } from './state.ts'

/** Who sends a request: the name of the account or client behind its credentials, or an empty text. */
export function callerOf(state: JiraState, headers: Headers): string {
  const [scheme, credentials] = (headers.get('authorization') ?? '').split(' ')
  if (scheme === 'Basic' && isAccount(state, credentials)) return state.account.name
  if (scheme === 'Bearer' && state.accessTokens.has(credentials ?? '')) return state.client.name
  return ''
}

/** `/rest/api/3` takes Basic authentication with e-mail and API token, and nothing else. */
export function requireAccount(state: JiraState): MiddlewareHandler {
  return async (c, next) => {
    const [scheme, credentials] = (c.req.header('authorization') ?? '').split(' ')
    if (scheme === 'Basic' && isAccount(state, credentials)) return next()
    const message = 'Client must be authenticated to access this resource.'
    return c.json({ message, 'status-code': 401 }, 401)
  }
}

/** The gateway takes an access token of `/oauth/token` that has not expired. */
export function requireAccessToken(state: JiraState): MiddlewareHandler {
  return async (c, next) => {
    const [scheme, token] = (c.req.header('authorization') ?? '').split(' ')
    const expires = state.accessTokens.get(token ?? '')
    if (scheme === 'Bearer' && expires !== undefined && expires > state.now()) return next()
    return c.json({ code: 401, message: 'Unauthorized' }, 401)
  }
}

function isAccount({ account }: JiraState, credentials: string | undefined): boolean {
  return Buffer.from(credentials ?? '', 'base64').toString() === `${account.email}:${account.token}`
}
