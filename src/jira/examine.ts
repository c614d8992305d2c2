import { getBuildByKey, getDeploymentByKey, getRepository } from 'jira.js/agile'
import { getCurrentUser, getMyPermissions, searchAndReconsileIssuesUsingJqlPost } from 'jira.js/cloud'
import type { Client } from 'jira.js/core'
import { Failed } from '../model/failure.ts'
import type { Panel, Tried } from '../model/jira-health.ts'
import { absent, found, type Lookup, unknown } from '../model/lookup.ts'
import { createAccountClient } from './account-client.ts'
import { causeOf, toFailed } from './failures.ts'
import { createGateway } from './gateway.ts'
import { issueKey } from './issue-key.ts'
import type { JiraSettings } from './issues.ts'
import { listOf, objectOf } from './json.ts'
import { createRequest } from './request.ts'
import { JiraTrouble } from './trouble.ts'

/** What the doctor asks of Jira: harmless reads, none of which rejects. */
export type Examiner = {
  /** Does Jira take the account's API token? */
  tryAccount(): Promise<Tried>
  /** Which of the permissions, by Jira's keys, the account lacks in a project; absent: it can't see the project. */
  lackingIn(project: string, permissions: readonly string[]): Promise<Lookup<readonly string[]>>
  /** Does the gateway take the OAuth credentials, for this panel too? */
  tryPanel(panel: Panel): Promise<Tried>
  /** Were these OAuth credentials ever used to tell of this repository? No where it can't be found out. */
  hasHeardOf(repositoryId: number): Promise<boolean>
  /** Issues of these projects at which the panel shows something, whoever told of it; the last changed first, fifty at most. */
  shownIn(panel: Panel, projects: readonly string[]): Promise<Lookup<readonly string[]>>
  /** Those of the issues that show more pull requests than so many. */
  withMorePulls(issueKeys: readonly string[], than: number): Promise<Lookup<readonly string[]>>
}

/** `now` gives ms, UTC. */
export function createExaminer(settings: JiraSettings | null, now: () => number): Examiner {
  const request = createRequest({ timeout: 10_000, largest: 5_000_000 })
  const account = settings?.account ? createAccountClient(request, { ...settings, account: settings.account }) : null
  const gateway = settings?.client ? createGateway({ ...settings, client: settings.client, request, now }) : null
  const search = async (jql: string): Promise<Lookup<readonly string[]>> => {
    return account === null ? unknown('no Jira account is configured') : searchKeys(account, jql, now())
  }
  return {
    tryAccount: async () => (account === null ? { kind: 'missing' } : tryAccount(account, now())),
    lackingIn: async (project, permissions) => {
      if (account === null) return unknown('no Jira account is configured')
      return readLacking(account, { project, permissions, now: now() })
    },
    tryPanel: async (panel) => (gateway === null ? { kind: 'missing' } : tryPanel(gateway, panel, now())),
    hasHeardOf: async (repositoryId) => gateway !== null && (await isKnown(gateway, repositoryId)),
    shownIn: (panel, projects) =>
      search(`project in (${projects.map((key) => `"${key}"`).join(', ')}) AND ${shows[panel]} ORDER BY updated DESC`),
    withMorePulls: async (keys, than) => {
      if (keys.length === 0) return found([])
      return search(`key in (${keys.join(', ')}) AND development[pullrequests].all > ${than}`)
    },
  }
}

/** As Atlassian documents them: https://support.atlassian.com/jira-software-cloud/docs/jql-developer-status/. */
const shows: Readonly<Record<Panel, string>> = {
  development: 'development[pullrequests].all > 0',
  builds: 'buildState ~ "successful"',
  deployments: 'deploymentState ~ "successful"',
}

/** Of all reads this one is never answered to somebody unknown. */
async function tryAccount(client: Client, now: number): Promise<Tried> {
  try {
    await getCurrentUser(client)
    return { kind: 'works' }
  } catch (error) {
    return { kind: 'fails', cause: causeOf(error, now), remedy: accountRemedy(error) }
  }
}

function accountRemedy(error: unknown): string {
  const status = statusOf(error)
  if (status === 401 || status === 403) {
    return 'check JIRA_EMAIL, and make a new JIRA_API_TOKEN as that account, without scopes: https://id.atlassian.com/manage-profile/security/api-tokens'
  }
  const lost = status === null || status === 429 || status >= 500
  if (lost) return 'try again when Jira answers, and check JIRA_SITE'
  return 'check JIRA_SITE: the site may have been renamed, or be no Jira Cloud'
}

type Asked = { readonly project: string; readonly permissions: readonly string[]; readonly now: number }

async function readLacking(client: Client, { project, permissions, now }: Asked): Promise<Lookup<readonly string[]>> {
  try {
    const answer: unknown = await getMyPermissions(client, {
      projectKey: project,
      permissions: permissions.join(','),
    })
    const has = objectOf(objectOf(answer)['permissions'])
    return found(permissions.filter((one) => objectOf(has[one])['havePermission'] !== true))
  } catch (error) {
    return statusOf(error) === 404 ? absent : unknown(causeOf(error, now))
  }
}

/** A token, then a read of what is not there: that it is not there is answered to those only who may look. */
async function tryPanel(gateway: Client, panel: Panel, now: number): Promise<Tried> {
  try {
    await readOf(panel, gateway)
    return { kind: 'works' }
  } catch (error) {
    if (panel !== 'development' && statusOf(error) === 404) return { kind: 'works' }
    const { failure } = toFailed(error, { call: `read of ${panel}`, now })
    const remedy = failure.kind === 'refused' ? failure.remedy : 'try again when Jira answers'
    const call = error instanceof Failed && 'call' in failure ? ` to ${failure.call}` : ''
    return { kind: 'fails', cause: `${failure.cause}${call}`, remedy }
  }
}

async function isKnown(gateway: Client, repositoryId: number): Promise<boolean> {
  try {
    await getRepository(gateway, { repositoryId: String(repositoryId) })
    return true
  } catch {
    return false
  }
}

function readOf(panel: Panel, client: Client): Promise<unknown> {
  switch (panel) {
    case 'development':
      return client.sendRequest({
        url: '/rest/devinfo/0.10/existsByProperties',
        method: 'GET',
        searchParams: { waybill: 'doctor' },
      })
    case 'builds':
      return getBuildByKey(client, { pipelineId: 'doctor', buildNumber: 1 })
    case 'deployments':
      return getDeploymentByKey(client, { pipelineId: 'doctor', environmentId: 'doctor', deploymentSequenceNumber: 1 })
  }
}

async function searchKeys(client: Client, jql: string, now: number): Promise<Lookup<readonly string[]>> {
  try {
    const answer: unknown = await searchAndReconsileIssuesUsingJqlPost(client, { jql, fields: ['key'], maxResults: 50 })
    const keys = listOf(objectOf(answer)['issues']).map((issue) => String(objectOf(issue)['key']))
    return found(keys.filter((key) => issueKey.test(key)))
  } catch (error) {
    return unknown(causeOf(error, now))
  }
}

function statusOf(error: unknown): number | null {
  return error instanceof JiraTrouble && error.trouble.kind === 'answered' ? error.trouble.status : null
}
