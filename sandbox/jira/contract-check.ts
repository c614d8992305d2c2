import type { Context, MiddlewareHandler } from 'hono'
import type { Operation } from '../contract.ts'
import { findOperation } from './call-name.ts'
import { readJson } from './read-json.ts'

/** What the contract finds wrong with single entities of a bulk request, by pointer, e.g. `/builds/0`. */
export type RefusedEntities = ReadonlyMap<string, readonly string[]>

export type ContractVariables = { Variables: { refused: RefusedEntities } }

const entityOf =
  /^[^:]+: request body((?:\/repositories\/\d+)?\/(?:builds|deployments|branches|commits|pullRequests)\/\d+)/

/**
 * Holds requests and their 2xx answers to Jira's OpenAPI documents. What is wrong with the request, or has a key too many, is answered
 * 400; what is wrong with one entity of a bulk request only is left to the route, which refuses that entity. Either way it is a violation.
 */
export function contractCheck(violations: string[]): MiddlewareHandler<ContractVariables> {
  return async (c, next) => {
    const { pathname, searchParams } = new URL(c.req.url)
    const operation = findOperation(c.req.method, pathname)
    if (operation === undefined) {
      violations.push(`${c.req.method} ${pathname}: the documents have no such operation`)
      return refuse(c, ['No such operation.'], 404)
    }
    const body = readJson(await c.req.text())
    if (body === undefined) return refuse(c, ['The request body is no JSON.'], 400)
    const found = operation.checkRequest({
      query: listedQuery(operation, searchParams),
      headers: c.req.raw.headers,
      ...body,
    })
    violations.push(...found)
    if (found.some((text) => !entityOf.test(text) || text.includes('unevaluated'))) return refuse(c, found, 400)
    c.set(
      'refused',
      Map.groupBy(found, (text) => entityOf.exec(text)?.[1] ?? ''),
    )
    await next()
    violations.push(...(await checkAnswer(operation, c)))
    return undefined
  }
}

/** The document doesn't say that `existsByProperties` takes the properties by their own names. */
function listedQuery({ template }: Operation, query: URLSearchParams): URLSearchParams {
  if (!template.endsWith('/existsByProperties')) return query
  return new URLSearchParams([...query].filter(([name]) => name.startsWith('_')))
}

function refuse(c: Context, errorMessages: readonly string[], status: 400 | 404): Response {
  return c.json({ errorMessages, errors: {} }, status)
}

async function checkAnswer(operation: Operation, c: Context): Promise<readonly string[]> {
  // Without globalId Jira answers with a list, though its document says otherwise.
  if (c.req.method === 'GET' && c.req.path.endsWith('/remotelink') && c.req.query('globalId') === undefined) return []
  const read = readJson(await c.res.clone().text())
  if (read === undefined) return [`${operation.method} ${operation.template}: the answer is no JSON`]
  return operation.checkAnswer({ status: c.res.status, ...read })
}
