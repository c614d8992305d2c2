import { createJira, type JiraOptions } from '../../../sandbox/jira/jira.ts'

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown }

/** A Jira on a free port, with ways to call it as its account, as a provider and as anybody. */
export async function startJira(options: JiraOptions = {}) {
  const jira = createJira(options)
  const server = await jira.listen(0)
  const { account, client, cloudId } = jira.state
  const call = async (
    method: string,
    path: string,
    given: { body?: unknown; headers?: Readonly<Record<string, string>> } = {},
  ): Promise<Answer> => {
    const headers = new Headers(given.headers)
    headers.set('content-type', 'application/json')
    const sent = given.body === undefined ? {} : { body: JSON.stringify(given.body) }
    const response = await fetch(server.url + path, { method, headers, ...sent })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
  }
  const basic = `Basic ${Buffer.from(`${account.email}:${account.token}`).toString('base64')}`
  const credentials = {
    audience: 'api.atlassian.com',
    grant_type: 'client_credentials',
    client_id: client.id,
    client_secret: client.secret,
  }
  const freshToken = async () => {
    const { body } = await call('POST', '/oauth/token', { body: credentials })
    return String((body as { access_token: string }).access_token)
  }
  const token = await freshToken()
  return {
    ...jira,
    ...server,
    call,
    credentials,
    freshToken,
    /** Basic authentication, `/rest/api/3` put before the path. */
    rest: (method: string, path: string, body?: unknown) =>
      call(method, `/rest/api/3${path}`, { body, headers: { authorization: basic } }),
    /** With an access token; `api` is devinfo, builds or deployments. */
    gateway: (method: string, [api, path]: readonly [string, string], body?: unknown) =>
      call(method, `/jira/${api}/0.1/cloud/${cloudId}${path}`, { body, headers: { authorization: `Bearer ${token}` } }),
    shown: async (key: string) => {
      const { body } = await call('GET', `/_sandbox/issues/${key}`)
      return body as { readonly [name in string]: readonly Record<string, unknown>[] } & { key: string; status: string }
    },
    violations: async () => (await call('GET', '/_sandbox/violations')).body,
  }
}

export const keys = (...values: readonly string[]) => [{ associationType: 'issueIdOrKeys', values }]
