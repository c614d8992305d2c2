import { randomBytes, randomUUID } from 'node:crypto'
import { firstIssues } from './first-issues.ts'
import { createPanels, type Panels } from './panels-state.ts'

/** Everything the sandbox's Jira knows. Routes change it in place. */
export type JiraState = {
  readonly cloudId: string
  /** Who may call `/rest/api/3` with Basic authentication. `name` is how requests are recorded. */
  readonly account: { readonly name: string; readonly email: string; readonly token: string }
  /** The OAuth credentials for the gateway. */
  readonly client: { readonly name: string; readonly id: string; readonly secret: string }
  /** Access tokens of the gateway, with the time each expires (ms, UTC). */
  readonly accessTokens: Map<string, number>
  readonly projects: Project[]
  readonly issues: Issue[]
  readonly versions: Version[]
  /** Permissions that the account does not have, by their keys. */
  readonly withheld: Set<string>
  readonly panels: Panels
  readonly now: () => number
  /** Ids for whatever is created: rising, unique over all kinds. */
  readonly nextId: () => number
}

export type Project = { readonly id: number; readonly key: string; readonly name: string }

export type Issue = {
  readonly id: string
  key: string
  /** Keys it had before it was moved; they still lead to it. */
  readonly formerKeys: string[]
  summary: string
  status: Status
  type: string
  fixVersions: string[]
  readonly comments: Comment[]
  readonly remoteLinks: RemoteLink[]
  readonly properties: Map<string, unknown>
  /** Its workflow's ways from here, where a test wants others than one to each status. */
  ways: readonly Way[] | null
  /** The account may not see it. */
  hidden: boolean
  /** What another tool than Waybill tells the panels of it. */
  others: Others
}

export type Others = {
  readonly pullRequests: number
  /** Their states. */
  readonly builds: readonly string[]
  readonly deployments: readonly string[]
}

/** A transition. `asks`: the names of fields its screen requires. */
export type Way = { readonly name: string; readonly to: string; readonly asks: readonly string[] }

export type Status = { readonly id: string; readonly name: string; readonly category: StatusCategory }
export type StatusCategory = { readonly id: number; readonly key: string; readonly name: string }

export type Comment = {
  readonly id: string
  body: unknown
  properties: readonly unknown[]
  readonly created: number
  updated: number
}

export type RemoteLink = { readonly id: number; readonly globalId: string; link: { readonly [key: string]: unknown } }

export type Version = {
  readonly id: string
  readonly projectId: number
  name: string
  description: string
  released: boolean
  archived: boolean
  releaseDate: string | undefined
}

const toDo = { id: 2, key: 'new', name: 'To Do' }
const inProgress = { id: 4, key: 'indeterminate', name: 'In Progress' }
const done = { id: 3, key: 'done', name: 'Done' }

/** The statuses of every issue; there is a transition from each to each other. */
export const statuses: readonly Status[] = [
  { id: '10000', name: 'To Do', category: toDo },
  { id: '10001', name: 'In Progress', category: inProgress },
  { id: '10002', name: 'In Review', category: inProgress },
  { id: '10003', name: 'Done', category: done },
]

/** A Jira with project SHOP and its first issues, all in progress. Secrets are made up afresh each time. */
export function createState(options: { readonly now: () => number }): JiraState {
  let lastId = 10100
  const state: JiraState = {
    cloudId: randomUUID(),
    account: { name: 'waybill', email: 'waybill@acme.example', token: `jira-token-${randomBytes(12).toString('hex')}` },
    client: {
      name: 'waybill',
      id: randomBytes(16).toString('hex'),
      secret: `jira-secret-${randomBytes(16).toString('hex')}`,
    },
    accessTokens: new Map(),
    projects: [{ id: 10000, key: 'SHOP', name: 'Shop' }],
    issues: [],
    versions: [],
    withheld: new Set(),
    panels: createPanels(),
    now: options.now,
    nextId: () => {
      lastId += 1
      return lastId
    },
  }
  for (const { key, summary, type } of firstIssues) addIssue(state, { key, summary, type, status: 'In Progress' })
  return state
}

export type NewIssue = {
  readonly key: string
  readonly summary: string
  readonly type: string
  readonly status: string
}

/** Adds an issue, and its project if that is new. The status must be one of `statuses`. */
export function addIssue(state: JiraState, { key, summary, type, status }: NewIssue): Issue {
  const projectKey = key.slice(0, key.lastIndexOf('-'))
  if (!state.projects.some((one) => one.key === projectKey)) {
    state.projects.push({ id: state.nextId(), key: projectKey, name: projectKey })
  }
  const issue: Issue = {
    id: String(state.nextId()),
    key,
    formerKeys: [],
    summary,
    type,
    status: statusNamed(status),
    fixVersions: [],
    comments: [],
    remoteLinks: [],
    properties: new Map(),
    ways: null,
    hidden: false,
    others: { pullRequests: 0, builds: [], deployments: [] },
  }
  state.issues.push(issue)
  return issue
}

export function statusNamed(name: string): Status {
  const status = statuses.find((one) => one.name === name)
  if (status === undefined)
    throw new Error(`No status is called ${name}; there are ${statuses.map((one) => one.name).join(', ')}.`)
  return status
}

/** By key in any case, by former key, or by id. */
export function findIssue(state: JiraState, idOrKey: string): Issue | undefined {
  const key = idOrKey.toUpperCase()
  return (
    state.issues.find((one) => one.key === key || one.id === idOrKey) ??
    state.issues.find((one) => one.formerKeys.includes(key))
  )
}

/** By key in any case, or by id. */
export function findProject(state: JiraState, idOrKey: string): Project | undefined {
  return state.projects.find((one) => one.key === idOrKey.toUpperCase() || String(one.id) === idOrKey)
}

/** The project an issue is in now. */
export function projectOf(state: JiraState, issue: Issue): Project {
  const project = findProject(state, issue.key.slice(0, issue.key.lastIndexOf('-')))
  if (project === undefined) throw new Error(`${issue.key} has no project`)
  return project
}
