import { Hono } from 'hono'
import { jsonObjectAt } from '../json-schema.ts'
import { searchByJql } from './jql.ts'
import type { JiraState } from './state.ts'

/** Searching issues; only their keys are shown. */
export function searchRoutes(state: JiraState): Hono {
  const app = new Hono()

  app.post('/search/jql', async (c) => {
    const { jql = '', maxResults = 50 } = jsonObjectAt(await c.req.json())
    const searched = searchByJql(state, String(jql))
    if (searched.kind === 'refused') return c.json({ errorMessages: [searched.message], errors: {} }, 400)
    const page = searched.issues.slice(0, Number(maxResults))
    return c.json({ isLast: page.length === searched.issues.length, issues: page.map(({ id, key }) => ({ id, key })) })
  })

  return app
}
