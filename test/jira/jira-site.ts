import { createJira } from '../../sandbox/jira/jira.ts'
import { createIssues, type JiraSettings } from '../../src/jira/issues.ts'
import type { Limits } from '../../src/jira/request.ts'

/** The sandbox's Jira on a free port, and the adapter in front of it. `clock.now` is what both take for the time (ms, UTC). */
export async function openSite(given: { readonly limits?: Limits; readonly expiresIn?: number } = {}) {
  const clock = { now: Date.parse('2026-02-03T10:00:00Z') }
  const now = () => clock.now
  const jira = createJira({ now, ...(given.expiresIn === undefined ? {} : { expiresIn: given.expiresIn }) })
  const server = await jira.listen(0)
  const { account, client, cloudId } = jira.state
  const settings: JiraSettings = { site: server.url, account, client, gatewayUrl: server.url }
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' }
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await fetch(`${server.url}/_sandbox${path}`, { method, headers, ...sent })
    const text = await response.text()
    if (!response.ok) throw new Error(`${response.status} ${text}`)
    return text === '' ? null : JSON.parse(text)
  }
  const limits = given.limits === undefined ? {} : { limits: given.limits }
  const hasty = { limits: { timeout: 1000, largest: 5_000_000 } }
  return {
    clock,
    cloudId,
    settings,
    url: server.url,
    state: jira.state,
    issues: createIssues({ settings, now, ...limits }),
    /** Another adapter, with other settings. */
    with: (change: Partial<JiraSettings>) => createIssues({ settings: { ...settings, ...change }, now, ...limits }),
    /** Another adapter, which waits no longer for an answer than a second. */
    hasty: () => createIssues({ settings, now, ...hasty }),
    fault: (fault: object) => ask('POST', '/faults', fault),
    /** Whether any of the ordered faults happened. */
    struck: async () => ((await ask('GET', '/faults')) as { struck: number }[]).some(({ struck }) => struck > 0),
    calm: () => ask('DELETE', '/faults'),
    order: (issue: object) => ask('POST', '/issues', issue),
    shown: async (key: string) =>
      (await ask('GET', `/issues/${key}`)) as Record<string, readonly Record<string, unknown>[]>,
    calls: async () => ((await ask('GET', '/requests')) as { call: string }[]).map(({ call }) => call),
    violations: () => ask('GET', '/violations'),
    close: server.close,
  }
}

export const readIssue = 'GET /rest/api/3/issue/{issueIdOrKey}'
export const bulk = (api: 'devinfo' | 'builds' | 'deployments') => `POST /jira/${api}/0.1/cloud/{cloudId}/bulk`
