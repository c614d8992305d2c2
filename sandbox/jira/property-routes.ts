import { Hono } from 'hono'
import { badRequest, issueAt, notFound } from './platform-answers.ts'
import type { JiraState } from './state.ts'

/** Properties of issues: any JSON of up to 32,768 characters under a name. */
export function propertyRoutes(state: JiraState): Hono {
  const app = new Hono()

  app.get('/issue/:key/properties/:name', (c) => {
    const issue = issueAt(state, c)
    if (issue instanceof Response) return issue
    const name = c.req.param('name')
    if (!issue.properties.has(name)) return notFound(c, `There is no property ${name}.`)
    return c.json({ key: name, value: issue.properties.get(name) })
  })

  app.put('/issue/:key/properties/:name', async (c) => {
    const issue = issueAt(state, c)
    if (issue instanceof Response) return issue
    const name = c.req.param('name')
    const text = await c.req.text()
    if (name.length > 255 || text.length > 32_768) return badRequest(c, { [name]: 'The property is too long.' })
    const known = issue.properties.has(name)
    issue.properties.set(name, JSON.parse(text))
    return c.json({}, known ? 200 : 201)
  })

  return app
}
