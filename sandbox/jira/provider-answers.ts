import type { Context } from 'hono'
import type { Entity } from './panels-state.ts'
import type { JiraState } from './state.ts'

/** 400 for a bulk request as a whole. */
export function bulkError(c: Context, message: string): Response {
  return c.json({ errorMessages: [message], errors: {} }, 400)
}

/** The keys, without what is no key (ids), as the answers of builds and deployments list them. */
export function keysInAnswer(unknown: readonly string[]): readonly string[] {
  return unknown.filter((key) => /^\w{1,255}-\d{1,255}$/.test(key))
}

/** An entity as it can be read back, with the keys its issues have now, or 404. */
export function shownEntity(c: Context, state: JiraState, entity: Entity | undefined): Response {
  if (entity === undefined) return c.json({ errorMessages: ['There is no such entity.'], errors: {} }, 404)
  return c.json({ ...entity.value, issueKeys: keysOf(state, entity) })
}

/** The keys that an entity's issues have now. */
export function keysOf(state: JiraState, entity: Entity): readonly string[] {
  return state.issues.filter((one) => entity.issueIds.includes(one.id)).map((one) => one.key)
}

/** The sequence in a query parameter, if there is one. */
export function upTo(parameter: string | undefined): number | undefined {
  return parameter === undefined ? undefined : Number(parameter)
}
