import { Hono } from 'hono'
import { z } from 'zod'
import { type Faults, faultOrderSchema } from './faults.ts'
import { allOf, shownAt } from './panels-state.ts'
import type { Recorder } from './recorder.ts'
import { addIssue, findIssue, type Issue, type JiraState, statuses, statusNamed } from './state.ts'

export type ControlOptions = {
  readonly state: JiraState
  readonly recorder: Recorder
  readonly faults: Faults
  readonly violations: string[]
}

const keySchema = z.string().regex(/^[A-Z][A-Z0-9_]{1,254}-[1-9]\d{0,9}$/)

/**
 * `movedTo`: the new key; the old one goes on leading to the issue. `ways`: its only transitions, with required fields. `hidden`: the
 * account may not see it. `others`: what another tool tells the panels of it.
 */
const issueOrderSchema = z.strictObject({
  key: keySchema,
  summary: z.string().min(1).max(255).optional(),
  status: z.enum(statuses.map((one) => one.name)).optional(),
  type: z.string().min(1).optional(),
  movedTo: keySchema.optional(),
  hidden: z.boolean().optional(),
  others: z
    .strictObject({
      pullRequests: z.int().min(0).default(0),
      builds: z.array(z.string()).default([]),
      deployments: z.array(z.string()).default([]),
    })
    .optional(),
  ways: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        to: z.enum(statuses.map((one) => one.name)),
        asks: z.array(z.string().min(1)).default([]),
      }),
    )
    .nullable()
    .optional(),
})

/** What a test, a person or a script may ask of the sandbox itself; no token needed. */
export function controlRoutes({ state, recorder, faults, violations }: ControlOptions): Hono {
  const app = new Hono()

  app.get('/issues/:key', (c) => {
    const issue = findIssue(state, c.req.param('key'))
    return issue === undefined
      ? c.json({ message: 'There is no such issue.' }, 404)
      : c.json(everythingAbout(state, issue))
  })
  app.post('/issues', async (c) => {
    const order = issueOrderSchema.safeParse(await c.req.json())
    if (!order.success) return c.json({ message: z.prettifyError(order.error) }, 400)
    const known = findIssue(state, order.data.key)
    const { key, summary = key, status = 'To Do', type = 'Story' } = order.data
    const issue = known ?? addIssue(state, { key, summary, status, type })
    if (known !== undefined) change(state, known, order.data)
    issue.ways = order.data.ways ?? issue.ways
    issue.hidden = order.data.hidden ?? issue.hidden
    issue.others = order.data.others ?? issue.others
    return c.json(everythingAbout(state, issue), known === undefined ? 201 : 200)
  })
  app.delete('/issues/:key', (c) => {
    const issue = findIssue(state, c.req.param('key'))
    if (issue !== undefined) state.issues.splice(state.issues.indexOf(issue), 1)
    return c.body(null, issue === undefined ? 404 : 204)
  })
  // The permissions that the account does not have, by their keys in Jira.
  app.post('/withheld', async (c) => {
    const order = z.array(z.string()).safeParse(await c.req.json())
    if (!order.success) return c.json({ message: z.prettifyError(order.error) }, 400)
    state.withheld.clear()
    for (const permission of order.data) state.withheld.add(permission)
    return c.body(null, 204)
  })
  faultRoutes(app, faults)
  app.get('/requests', (c) => c.json(recorder.requests(c.req.query('by'))))
  app.delete('/requests', (c) => {
    recorder.clear()
    return c.body(null, 204)
  })
  app.get('/violations', (c) => c.json(violations))
  app.delete('/violations', (c) => {
    violations.length = 0
    return c.body(null, 204)
  })

  return app
}

function faultRoutes(app: Hono, faults: Faults): void {
  app.post('/faults', async (c) => {
    const order = faultOrderSchema.safeParse(await c.req.json())
    return order.success
      ? c.json(faults.order(order.data), 201)
      : c.json({ message: z.prettifyError(order.error) }, 400)
  })
  app.get('/faults', (c) => c.json(faults.list()))
  app.delete('/faults', (c) => {
    faults.clear()
    return c.body(null, 204)
  })
}

function change(state: JiraState, issue: Issue, order: z.infer<typeof issueOrderSchema>): void {
  issue.summary = order.summary ?? issue.summary
  issue.status = order.status === undefined ? issue.status : statusNamed(order.status)
  issue.type = order.type ?? issue.type
  if (order.movedTo === undefined || order.movedTo === issue.key) return
  // The project of the new key may be new as well.
  const { type, summary } = issue
  const place = addIssue(state, { key: order.movedTo, type, summary, status: issue.status.name })
  state.issues.splice(state.issues.indexOf(place), 1)
  issue.formerKeys.push(issue.key)
  issue.key = order.movedTo
}

function everythingAbout(state: JiraState, issue: Issue) {
  const { panels, versions } = state
  return {
    key: issue.key,
    summary: issue.summary,
    type: issue.type,
    status: issue.status.name,
    fixVersions: issue.fixVersions.flatMap((id) => versions.filter((one) => one.id === id)).map((one) => one.name),
    branches: shownAt(allOf(panels, 'branch'), issue.id),
    commits: shownAt(allOf(panels, 'commit'), issue.id),
    pullRequests: shownAt(allOf(panels, 'pull_request'), issue.id),
    builds: shownAt(panels.builds, issue.id),
    deployments: shownAt(panels.deployments, issue.id),
    comments: issue.comments,
    remoteLinks: issue.remoteLinks.map(({ id, link }) => ({ id, ...link })),
  }
}
