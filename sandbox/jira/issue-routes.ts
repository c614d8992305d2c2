import { type Context, Hono } from 'hono'
import { isJsonObject, type JsonObject, jsonObjectAt } from '../json-schema.ts'
import { badRequest, issueAt, noContent } from './platform-answers.ts'
import { findIssue, type Issue, type JiraState, projectOf, type Status, statuses, statusNamed } from './state.ts'
import { versionAnswer } from './version-routes.ts'

/** Reading, editing and moving issues through their statuses. */
export function issueRoutes(state: JiraState): Hono {
  const app = new Hono()

  app.post('/issue/bulkfetch', async (c) => {
    const { issueIdsOrKeys = [] } = jsonObjectAt(await c.req.json())
    const asked = Array.isArray(issueIdsOrKeys) ? issueIdsOrKeys.map(String) : []
    if (asked.length === 0 || asked.length > 100) return badRequest(c, { issueIdsOrKeys: '1 to 100 are possible.' })
    const found = new Set(asked.flatMap((key) => findIssue(state, key) ?? []))
    const issues = state.issues.filter((issue) => found.has(issue) && !issue.hidden)
    return c.json({ issueErrors: [], issues: issues.map((issue) => issueAnswer(c, { state, issue })) })
  })

  app.get('/issue/:key', (c) => {
    const issue = issueAt(state, c)
    return issue instanceof Response ? issue : c.json(issueAnswer(c, { state, issue }))
  })

  app.put('/issue/:key', async (c) => {
    const issue = issueAt(state, c)
    if (issue instanceof Response) return issue
    const errors = edit(state, issue, await c.req.json())
    return errors === undefined ? noContent() : badRequest(c, errors)
  })

  app.get('/issue/:key/transitions', (c) => {
    const issue = issueAt(state, c)
    if (issue instanceof Response) return issue
    const transitions = transitionsOf(c, issue).filter(({ id }) =>
      [id, undefined].includes(c.req.query('transitionId')),
    )
    return c.json({ expand: 'transitions', transitions })
  })

  app.post('/issue/:key/transitions', async (c) => {
    const issue = issueAt(state, c)
    if (issue instanceof Response) return issue
    const body = jsonObjectAt(await c.req.json())
    const id = jsonObjectAt(body, 'transition')['id']
    const way = waysOf(issue).find((one) => one.id === id)
    if (way === undefined) {
      return badRequest(c, { transition: `Transition ${String(id)} is not available for ${issue.key}.` })
    }
    const given = jsonObjectAt(body, 'fields')
    const missing = way.asks.filter((name) => given[fieldId(name)] === undefined)
    if (missing.length > 0) {
      return badRequest(c, Object.fromEntries(missing.map((name) => [fieldId(name), `${name} is required.`])))
    }
    issue.status = way.to
    return noContent()
  })

  return app
}

function issueAnswer(c: Context, { state, issue }: { readonly state: JiraState; readonly issue: Issue }): JsonObject {
  const project = projectOf(state, issue)
  const all: JsonObject = {
    summary: issue.summary,
    status: statusAnswer(c, issue.status),
    issuetype: { id: issue.type === 'Bug' ? '10004' : '10001', name: issue.type, subtask: false, hierarchyLevel: 0 },
    project: { id: String(project.id), key: project.key, name: project.name },
    fixVersions: issue.fixVersions.flatMap((id) => state.versions.filter((one) => one.id === id)).map(versionAnswer),
  }
  const asked = c.req.queries('fields')?.flatMap((one) => one.split(',')) ?? ['*all']
  const everything = asked.some((one) => one.startsWith('*'))
  const fields = Object.fromEntries(Object.entries(all).filter(([name]) => everything || asked.includes(name)))
  const wanted = c.req.queries('properties')?.flatMap((one) => one.split(',')) ?? []
  const properties = Object.fromEntries([...issue.properties].filter(([key]) => wanted.includes(key)))
  const self = `${new URL(c.req.url).origin}/rest/api/3/issue/${issue.id}`
  return { id: issue.id, key: issue.key, self, fields, ...(wanted.length > 0 ? { properties } : {}) }
}

function statusAnswer(c: Context, { id, name, category }: Status): JsonObject {
  const self = `${new URL(c.req.url).origin}/rest/api/3/status/${id}`
  return { self, id, name, statusCategory: { ...category, colorName: 'yellow' } }
}

function transitionsOf(c: Context, issue: Issue): readonly JsonObject[] {
  const withFields = (c.req.query('expand') ?? '').includes('transitions.fields')
  return waysOf(issue).map(({ id, name, to, asks }) => ({
    id,
    name,
    to: statusAnswer(c, to),
    hasScreen: asks.length > 0,
    isAvailable: true,
    isGlobal: true,
    isInitial: false,
    isConditional: false,
    ...(withFields ? { fields: Object.fromEntries(asks.map((one) => [fieldId(one), fieldAnswer(one)])) } : {}),
  }))
}

type OpenWay = { readonly id: string; readonly name: string; readonly to: Status; readonly asks: readonly string[] }

/** One to each other status (11, 21, 31, 41), or those that were ordered (101, 102, …). */
function waysOf(issue: Issue): readonly OpenWay[] {
  if (issue.ways !== null) {
    return issue.ways.map((way, at) => ({ ...way, id: String(101 + at), to: statusNamed(way.to) }))
  }
  return statuses
    .map((to, at) => ({ id: `${at + 1}1`, name: to.name, to, asks: [] }))
    .filter(({ to }) => to !== issue.status)
}

function fieldId(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]+/g, '')
}

function fieldAnswer(name: string): JsonObject {
  return {
    required: true,
    schema: { type: 'string', system: fieldId(name) },
    name,
    key: fieldId(name),
    hasDefaultValue: false,
    operations: ['set'],
  }
}

/** Changes nothing unless everything can be changed; otherwise the errors by field. */
function edit(state: JiraState, issue: Issue, body: unknown): JsonObject | undefined {
  const fields = jsonObjectAt(body, 'fields')
  const update = jsonObjectAt(body, 'update')
  const unknown = [...Object.keys(fields), ...Object.keys(update)].filter(
    (name) => name !== 'fixVersions' && name !== 'summary',
  )
  if (unknown.length > 0) {
    return Object.fromEntries(unknown.map((name) => [name, `Field '${name}' cannot be set. It is unknown here.`]))
  }
  const { summary = issue.summary } = fields
  if (typeof summary !== 'string' || summary.trim() === '' || summary.length > 255) {
    return { summary: 'A summary has between 1 and 255 characters.' }
  }
  const operations = [
    ...(fields['fixVersions'] === undefined ? [] : [{ set: fields['fixVersions'] }]),
    ...listOf(update['fixVersions']),
  ]
  const changed = operations.reduce<readonly string[] | undefined>(
    (versions, operation) => versions && changeVersions(state, { issue, versions, operation }),
    issue.fixVersions,
  )
  if (changed === undefined) return { fixVersions: 'There is no such version in this project.' }
  issue.summary = summary
  issue.fixVersions = [...changed]
  return undefined
}

/** The version ids after `operation`, `{add}`, `{remove}` or `{set}`; undefined when it names a version the project lacks. */
function changeVersions(
  state: JiraState,
  {
    issue,
    versions,
    operation,
  }: { readonly issue: Issue; readonly versions: readonly string[]; readonly operation: unknown },
): readonly string[] | undefined {
  if (!isJsonObject(operation)) return undefined
  const { id: projectId } = projectOf(state, issue)
  const idOf = (given: unknown): string | undefined => {
    if (!isJsonObject(given)) return undefined
    const own = state.versions.filter((one) => one.projectId === projectId)
    return own.find((one) => one.id === given['id'] || one.name === given['name'])?.id
  }
  if (operation['set'] !== undefined) {
    const ids = listOf(operation['set']).map(idOf)
    return ids.every((id) => id !== undefined) ? ids : undefined
  }
  const id = idOf(operation['add'] ?? operation['remove'])
  if (id === undefined) return undefined
  const others = versions.filter((one) => one !== id)
  return operation['add'] === undefined ? others : [...others, id]
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
