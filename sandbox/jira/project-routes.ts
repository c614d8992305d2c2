import { type Context, Hono } from 'hono'
import { notFound } from './platform-answers.ts'
import { findProject, type JiraState, type Version } from './state.ts'
import { versionAnswer } from './version-routes.ts'

/** Projects and the lists of their versions. */
export function projectRoutes(state: JiraState): Hono {
  const app = new Hono()
  const noProject = (c: Context) => notFound(c, `No project could be found with key '${c.req.param('project')}'.`)

  app.get('/project/:project', (c) => {
    const project = findProject(state, c.req.param('project'))
    if (project === undefined) return noProject(c)
    return c.json({ ...project, id: String(project.id), projectTypeKey: 'software', simplified: false })
  })

  app.get('/project/:project/versions', (c) => {
    const project = findProject(state, c.req.param('project'))
    if (project === undefined) return noProject(c)
    return c.json(state.versions.filter((one) => one.projectId === project.id).map(versionAnswer))
  })

  app.get('/project/:project/version', (c) => {
    const project = findProject(state, c.req.param('project'))
    if (project === undefined) return noProject(c)
    const matching = state.versions
      .filter((one) => one.projectId === project.id && matches(one, c.req.query('query'), c.req.query('status')))
      .map(versionAnswer)
    const startAt = Number(c.req.query('startAt') ?? 0)
    const maxResults = Math.min(Number(c.req.query('maxResults') ?? 50), 50)
    const values = matching.slice(startAt, startAt + maxResults)
    const isLast = startAt + values.length >= matching.length
    return c.json({ startAt, maxResults, total: matching.length, isLast, values })
  })

  return app
}

function matches({ name, description, released, archived }: Version, query = '', status = ''): boolean {
  const found = [name, description].some((text) => text.toLowerCase().includes(query.toLowerCase()))
  const of = archived ? 'archived' : released ? 'released' : 'unreleased'
  return found && (status === '' || status.split(',').includes(of))
}
