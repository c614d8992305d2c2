import { Hono } from 'hono'
import { type JsonObject, jsonObjectAt } from '../json-schema.ts'
import { faultOfDocument } from './document-format.ts'
import { badRequest, issueAt, notFound } from './platform-answers.ts'
import type { Comment, JiraState } from './state.ts'

/** Comments, in Atlassian's document format only, as version 3 of the API wants them. */
export function commentRoutes(state: JiraState): Hono {
  const app = new Hono()

  app.get('/issue/:key/comment', (c) => {
    const issue = issueAt(state, c)
    if (issue instanceof Response) return issue
    const startAt = Number(c.req.query('startAt') ?? 0)
    const maxResults = Math.min(Number(c.req.query('maxResults') ?? 5000), 5000)
    const withProperties = (c.req.query('expand') ?? '').includes('properties')
    const sorted = c.req.query('orderBy')?.startsWith('-') === true ? issue.comments.toReversed() : issue.comments
    const comments = sorted.slice(startAt, startAt + maxResults).map((one) => answer(state, one, withProperties))
    return c.json({ startAt, maxResults, total: issue.comments.length, comments })
  })

  app.post('/issue/:key/comment', async (c) => {
    const issue = issueAt(state, c)
    if (issue instanceof Response) return issue
    const { body, properties } = jsonObjectAt(await c.req.json())
    const fault = faultOfDocument(body)
    if (fault !== undefined) return badRequest(c, { comment: fault })
    const at = state.now()
    const id = String(state.nextId())
    const comment: Comment = { id, body, properties: listOf(properties), created: at, updated: at }
    issue.comments.push(comment)
    return c.json(answer(state, comment, false), 201)
  })

  app.put('/issue/:key/comment/:id', async (c) => {
    const issue = issueAt(state, c)
    if (issue instanceof Response) return issue
    const comment = issue.comments.find((one) => one.id === c.req.param('id'))
    if (comment === undefined) return notFound(c, `Can not find a comment for the id: ${c.req.param('id')}.`)
    const { body, properties } = jsonObjectAt(await c.req.json())
    const fault = faultOfDocument(body)
    if (fault !== undefined) return badRequest(c, { comment: fault })
    comment.body = body
    comment.updated = state.now()
    if (properties !== undefined) comment.properties = listOf(properties)
    return c.json(answer(state, comment, false))
  })

  return app
}

function answer({ account }: JiraState, comment: Comment, withProperties: boolean): JsonObject {
  const author = {
    accountId: '5b10a2844c20165700ede21g',
    displayName: account.name,
    active: true,
    accountType: 'atlassian',
  }
  return {
    id: comment.id,
    author,
    updateAuthor: author,
    body: comment.body,
    created: new Date(comment.created).toISOString(),
    updated: new Date(comment.updated).toISOString(),
    jsdPublic: true,
    ...(withProperties ? { properties: comment.properties } : {}),
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
