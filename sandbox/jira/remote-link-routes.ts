import { Hono } from 'hono'
import { type JsonObject, jsonObjectAt } from '../json-schema.ts'
import { badRequest, issueAt, notFound } from './platform-answers.ts'
import type { JiraState, RemoteLink } from './state.ts'

/** Remote links of issues: written again under the same globalId, a link is replaced. */
export function remoteLinkRoutes(state: JiraState): Hono {
  const app = new Hono()

  app.get('/issue/:key/remotelink', (c) => {
    const issue = issueAt(state, c)
    if (issue instanceof Response) return issue
    const globalId = c.req.query('globalId')
    const self = (link: RemoteLink): string => selfOf(c.req.url, issue.key, link)
    const answer = (link: RemoteLink): JsonObject => ({ id: link.id, self: self(link), ...link.link })
    if (globalId === undefined) return c.json(issue.remoteLinks.map(answer))
    const link = issue.remoteLinks.find((one) => one.globalId === globalId)
    return link === undefined ? notFound(c, 'There is no such remote link.') : c.json(answer(link))
  })

  app.post('/issue/:key/remotelink', async (c) => {
    const issue = issueAt(state, c)
    if (issue instanceof Response) return issue
    const body = jsonObjectAt(await c.req.json())
    const { title, url } = jsonObjectAt(body, 'object')
    if (title === '' || url === '') return badRequest(c, { [title === '' ? 'title' : 'url']: 'It is required.' })
    const { globalId } = body
    if (typeof globalId === 'string' && globalId.length > 255) return badRequest(c, { globalId: 'It is too long.' })
    const known = issue.remoteLinks.find((one) => one.globalId === globalId)
    if (known !== undefined) {
      known.link = body
      return c.json({ id: known.id, self: selfOf(c.req.url, issue.key, known) })
    }
    const id = state.nextId()
    const link = { id, globalId: typeof globalId === 'string' ? globalId : `link-${id}`, link: body }
    issue.remoteLinks.push(link)
    return c.json({ id, self: selfOf(c.req.url, issue.key, link) }, 201)
  })

  return app
}

function selfOf(url: string, key: string, { id }: RemoteLink): string {
  return `${new URL(url).origin}/rest/api/issue/${key}/remotelink/${id}`
}
