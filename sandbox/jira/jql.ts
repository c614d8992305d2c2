import { allOf, shownAt } from './panels-state.ts'
import { findIssue, findProject, type Issue, type JiraState, projectOf } from './state.ts'

/** What a search found, or why Jira would refuse it. */
export type Searched =
  | { readonly kind: 'found'; readonly issues: readonly Issue[] }
  | { readonly kind: 'refused'; readonly message: string }

/**
 * The few clauses of JQL that the sandbox knows, joined by AND, newest changes first
 * (https://support.atlassian.com/jira-software-cloud/docs/jql-developer-status/). As in Jira: what names an unknown project or
 * issue is refused, so is a second `development[…]`, and what other tools tell counts too.
 */
export function searchByJql(state: JiraState, jql: string): Searched {
  const text = jql.replace(/\s+order by updated desc$/i, '')
  const clauses = text.split(/\s+and\s+/i).map((clause) => readClause(state, clause))
  const refused = clauses.find((clause) => typeof clause === 'string')
  if (typeof refused === 'string') return { kind: 'refused', message: refused }
  if ((text.match(/development\[/gi) ?? []).length > 1) {
    return { kind: 'refused', message: 'Only one development clause is possible.' }
  }
  const holds = (issue: Issue) => clauses.every((clause) => typeof clause !== 'string' && clause(issue))
  return { kind: 'found', issues: state.issues.filter((issue) => !issue.hidden && holds(issue)).toReversed() }
}

type Clause = (issue: Issue) => boolean

function readClause(state: JiraState, clause: string): Clause | string {
  const [, field = '', listed = ''] = /^(project|key) in \(([^()]*)\)$/i.exec(clause) ?? []
  const names = listed.split(',').map((one) => one.trim().replace(/^"(.*)"$/, '$1'))
  if (field.toLowerCase() === 'project') return inProjects(state, names)
  if (field.toLowerCase() === 'key') return amongKeys(state, names)
  const [, least] = /^development\[pullrequests\]\.all > (\d+)$/i.exec(clause) ?? []
  if (least !== undefined) return (issue) => pullsOf(state, issue) > Number(least)
  const [, panel = '', wanted = ''] = /^(build|deployment)State ~ "(\w+)"$/i.exec(clause) ?? []
  if (panel.toLowerCase() === 'build') return (issue) => statesOf(state, issue, 'builds').includes(wanted)
  if (panel.toLowerCase() === 'deployment') return (issue) => statesOf(state, issue, 'deployments').includes(wanted)
  return `Error in the JQL Query: the sandbox does not know '${clause}'.`
}

function inProjects(state: JiraState, keys: readonly string[]): Clause | string {
  const unknown = keys.find((key) => findProject(state, key) === undefined)
  if (unknown !== undefined) return `The value '${unknown}' does not exist for the field 'project'.`
  return (issue) => keys.some((key) => key.toUpperCase() === projectOf(state, issue).key)
}

function amongKeys(state: JiraState, keys: readonly string[]): Clause | string {
  const issues = keys.map((key) => findIssue(state, key))
  const unknown = keys[issues.findIndex((issue) => issue === undefined || issue.hidden)]
  if (unknown !== undefined) return `An issue with key '${unknown}' does not exist for field 'key'.`
  return (issue) => issues.includes(issue)
}

function pullsOf({ panels, withheld }: JiraState, issue: Issue): number {
  if (withheld.has('VIEW_DEV_TOOLS')) return 0
  return shownAt(allOf(panels, 'pull_request'), issue.id).length + issue.others.pullRequests
}

function statesOf({ panels, withheld }: JiraState, issue: Issue, panel: 'builds' | 'deployments'): readonly string[] {
  if (withheld.has('VIEW_DEV_TOOLS')) return []
  return [...shownAt(panels[panel], issue.id).map(({ state }) => String(state)), ...issue.others[panel]]
}
