import type { Context } from 'hono'
import type { JsonObject } from '../json-schema.ts'
import { findIssue, type Issue, type JiraState } from './state.ts'

/** The issue that `:key` in the path means, or the 404 to answer with. */
export function issueAt(state: JiraState, c: Context): Issue | Response {
  const issue = findIssue(state, c.req.param('key') ?? '')
  if (issue !== undefined && !issue.hidden) return issue
  return notFound(c, 'Issue does not exist or you do not have permission to see it.')
}

export function notFound(c: Context, message: string): Response {
  return c.json({ errorMessages: [message], errors: {} }, 404)
}

/** 400 with one error for each field. */
export function badRequest(c: Context, errors: JsonObject): Response {
  return c.json({ errorMessages: [], errors }, 400)
}

export function noContent(): Response {
  return new Response(null, { status: 204 })
}
