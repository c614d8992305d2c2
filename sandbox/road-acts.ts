import { eventually } from './eventually.ts'
import type { Narrator } from './narrator.ts'
import type { CheckShown } from './people/checks.ts'
import type { DeploymentShown } from './people/shown.ts'
import type { People } from './people.ts'

type Carrying = {
  readonly deployment: DeploymentShown
  readonly pull: number
  readonly environment: string
  readonly issue?: string
}

/** Reports a deployment in two steps, and shows the pull request's comment and Jira after each. */
export async function carryOut(
  people: People,
  narrator: Narrator,
  { deployment, pull, environment, issue = 'SHOP-7' }: Carrying,
): Promise<void> {
  for (const [state, shown, jira] of [
    ['in_progress', 'in progress', 'in_progress'],
    ['success', 'success', 'successful'],
  ] as const) {
    await people.carry(deployment.id, state)
    narrator.does('deployer', `reports ${state}`)
    const row = await eventually(`the comment to say ${shown}`, async () => {
      const rows = (await people.comments(pull)).flatMap((comment) => comment.body.split('\n'))
      return rows.find((line) => line.startsWith(`| ${environment} |`) && line.includes(shown)) ?? null
    })
    narrator.shows(`#${pull} comment`, row)
    const is = (item: Readonly<Record<string, unknown>>) =>
      item['state'] === jira && JSON.stringify(item).includes(`"${environment}"`)
    await jiraShows(people, 'deployments', (items) => items.some(is), issue)
    narrator.shows(`Jira ${issue}`, `deployments: ${environment} ${jira}`)
  }
}

/** Waits for Waybill's answer to a command and shows it. */
export async function answered(
  people: People,
  narrator: Narrator,
  what: { readonly pull: number; readonly starts: string },
): Promise<void> {
  const answer = await eventually(`an answer that starts with ${what.starts}`, async () => {
    return (await people.comments(what.pull)).find((comment) => comment.body.startsWith(what.starts)) ?? null
  })
  narrator.shows('Waybill answers', answer.body, 3)
}

/** Waits for the newest deployment there, of that version where one is named. */
export async function deploymentTo(people: People, environment: string, version?: string): Promise<DeploymentShown> {
  return eventually(`a deployment to ${environment}`, async () => {
    const [newest] = await people.deployments(environment)
    return newest !== undefined && (version === undefined || newest.ref === version) ? newest : null
  })
}

type Panel = 'branches' | 'pullRequests' | 'builds' | 'deployments'

export async function jiraShows(
  people: People,
  panel: Panel,
  is: (items: readonly Readonly<Record<string, unknown>>[]) => boolean,
  issue = 'SHOP-7',
) {
  return eventually(`Jira's ${panel} of ${issue}`, async () => {
    const items = (await people.issue(issue))[panel] ?? []
    return is(items) ? items : null
  })
}

export function showCheck(narrator: Narrator, check: CheckShown, lines = 2): void {
  const mark = check.conclusion === 'success' ? '✅' : check.conclusion === 'failure' ? '❌' : '🕐'
  narrator.shows(check.name, `${mark} ${check.title}\n${check.summary}`, lines)
}

/** Waits until Jira shows of the issue what it should after this step, and shows it, in one line. */
export async function showIssue(
  people: People,
  narrator: Narrator,
  expected: { readonly shows: string; readonly key?: string },
): Promise<void> {
  const { shows, key = 'SHOP-7' } = expected
  await eventually(`Jira to show of ${key}: ${shows}`, async () => {
    const line = await lineOf(people, key)
    if (line !== shows) throw new Error(line)
    return line
  })
  narrator.shows(`Jira shows ${key}`, shows, 1)
}

async function lineOf(people: People, key: string): Promise<string> {
  const shown = await people.issue(key)
  const newest = new Map((shown['deployments'] ?? []).map((one) => [environmentOf(one), String(one['state'])]))
  const states = new Set((shown['builds'] ?? []).map((one) => String(one['state'])))
  const parts = [
    count(shown['branches'], 'branch'),
    ...(shown['pullRequests'] ?? []).map(pullOf),
    [count(shown['builds'], 'build'), ...states].filter((part) => part !== '').join(' '),
    ...[...newest].map(([environment, state]) => `${environment} ${state}`),
    count(shown['comments'], 'comment'),
  ]
  return parts.filter((part) => part !== '').join(' · ')
}

function pullOf({ displayId, status, reviewers }: Readonly<Record<string, unknown>>): string {
  const people = Array.isArray(reviewers) ? reviewers : []
  return [`${displayId} ${status}`, ...people.map((one) => `${one.name} ${one.approvalStatus}`)].join(', ')
}

function count(items: readonly unknown[] | undefined, what: string): string {
  const many = items?.length ?? 0
  return many === 0 ? '' : `${many} ${what}${many === 1 ? '' : what.endsWith('h') ? 'es' : 's'}`
}

function environmentOf(deployment: Readonly<Record<string, unknown>>): string {
  const { environment } = deployment
  const name = typeof environment === 'object' && environment !== null ? Object.entries(environment) : []
  return String(name.find(([key]) => key === 'displayName')?.[1] ?? environment)
}
