import type { Client, SendRequestOptions } from 'jira.js/core'
import { createJiraClient } from './client.ts'
import { toFailed } from './failures.ts'
import { objectOf } from './json.ts'
import type { Request } from './request.ts'
import { JiraTrouble } from './trouble.ts'

export type GatewayOptions = {
  readonly request: Request
  /** Without a slash at the end, both. */
  readonly site: string
  readonly gatewayUrl: string
  readonly client: { readonly id: string; readonly secret: string }
  /** ms, UTC */
  readonly now: () => number
}

/**
 * The provider APIs for OAuth credentials (https://developer.atlassian.com/cloud/jira/software/integrate-jsw-cloud-with-onpremises-tools/):
 * takes the calls that jira.js makes to a site, and sends them through Atlassian's gateway. Keeps the access token until a minute before
 * its end and the cloud id until the gateway does not know it; both are fetched once for all who wait. Rejects with `JiraTrouble`, or
 * with `Failed` when the way into the gateway is barred.
 */
export function createGateway(options: GatewayOptions): Client {
  const cloudId = createCloudId(options)
  const { request, gatewayUrl: host } = options
  const gateway = createJiraClient({ request, host, authorization: createAuthorization(options) })
  return {
    async sendRequest<T>(call: SendRequestOptions<T>): Promise<T> {
      const [, api, rest] = providerPath.exec(call.url) ?? []
      if (api === undefined) throw new Error(`not a call to a provider API: ${call.url}`)
      const url = `/jira/${api}/0.1/cloud/${await cloudId.get()}/${rest}`
      try {
        return await gateway.sendRequest({ ...call, url })
      } catch (error) {
        if (error instanceof JiraTrouble && error.trouble.kind === 'answered' && error.trouble.status === 404)
          cloudId.forget()
        throw error
      }
    },
  }
}

const providerPath = /^\/rest\/(devinfo|builds|deployments)\/(?:0\.10|0\.1)\/(.+)$/

function createCloudId({ request, site, now }: GatewayOptions) {
  const read = async (): Promise<string> => {
    const call = 'GET /_edge/tenant_info'
    const answer = await request({
      method: 'GET',
      url: `${site}/_edge/tenant_info`,
      headers: {},
      body: undefined,
    }).catch((error: unknown) => Promise.reject(toFailed(error, { call, now: now() })))
    const { cloudId } = objectOf(answer)
    if (typeof cloudId === 'string' && /^[\w-]{1,64}$/.test(cloudId)) return cloudId
    throw toFailed(new JiraTrouble({ kind: 'lost', cause: 'JIRA_SITE did not name its cloud id' }), {
      call,
      now: now(),
    })
  }
  let known: Promise<string> | null = null
  const forget = () => {
    known = null
  }
  const get = (): Promise<string> => {
    known ??= read().catch((error: unknown) => {
      forget()
      throw error
    })
    return known
  }
  return { get, forget }
}

type AccessToken = { readonly header: string; readonly until: number }

function createAuthorization(options: GatewayOptions): (rejected: string | null) => Promise<string> {
  let token: AccessToken | null = null
  let fetching: Promise<AccessToken> | null = null
  const fetchOnce = (): Promise<AccessToken> => {
    fetching ??= fetchToken(options).finally(() => {
      fetching = null
    })
    return fetching
  }
  return async (rejected) => {
    if (token === null || token.header === rejected || token.until <= options.now()) token = await fetchOnce()
    return token.header
  }
}

async function fetchToken({ request, gatewayUrl, client, now }: GatewayOptions): Promise<AccessToken> {
  const asked = now()
  const call = 'POST /oauth/token'
  const credentials = { client_id: client.id, client_secret: client.secret }
  const body = { audience: 'api.atlassian.com', grant_type: 'client_credentials', ...credentials }
  const answer = await request({ method: 'POST', url: `${gatewayUrl}/oauth/token`, headers: {}, body }).catch(
    (error: unknown) => Promise.reject(toFailed(error, { call, now: now() })),
  )
  const { access_token: text, expires_in: seconds } = objectOf(answer)
  if (typeof text !== 'string' || text === '') {
    throw toFailed(new JiraTrouble({ kind: 'lost', cause: 'the gateway gave no access token' }), { call, now: now() })
  }
  const life = typeof seconds === 'number' ? seconds * 1000 : 0
  // A minute early; half the life of a token that lives for less than two.
  return { header: `Bearer ${text}`, until: asked + life - Math.min(60_000, life / 2) }
}
