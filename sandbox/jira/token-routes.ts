import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { jsonObjectAt } from '../json-schema.ts'
import { readJson } from './read-json.ts'
import type { JiraState } from './state.ts'

/** How to get into the gateway: the site's cloud id, and an access token for client credentials. */
export function tokenRoutes(state: JiraState, { expiresIn }: { readonly expiresIn: number }): Hono {
  const app = new Hono()

  app.get('/_edge/tenant_info', (c) => c.json({ cloudId: state.cloudId }))

  app.post('/oauth/token', async (c) => {
    const request = jsonObjectAt(readJson(await c.req.text())?.body)
    if (request['grant_type'] !== 'client_credentials') return c.json({ error: 'unsupported_grant_type' }, 400)
    if (request['audience'] !== 'api.atlassian.com') {
      return c.json({ error: 'access_denied', error_description: 'Service not found.' }, 403)
    }
    const { id, secret } = state.client
    if (request['client_id'] !== id || request['client_secret'] !== secret) {
      return c.json({ error: 'access_denied', error_description: 'Unauthorized' }, 401)
    }
    const token = `jira-access-${randomBytes(24).toString('hex')}`
    state.accessTokens.set(token, state.now() + expiresIn * 1000)
    const scope = 'manage:jira-data-provider'
    return c.json({ access_token: token, scope, expires_in: expiresIn, token_type: 'Bearer' })
  })

  return app
}
