import { Hono } from 'hono'
import { isJsonObject } from '../../json-schema.ts'
import { authenticate } from '../authenticate.ts'
import type { Quota } from '../rate-limit.ts'
import { Refusal } from '../refusal.ts'
import type { Principal } from '../state/accounts.ts'
import type { State } from '../state.ts'
import { createGraph } from './create-graph.ts'
import { executeQuery, type GraphqlRequest } from './execute-query.ts'
import { mutationRoot, queryRoot } from './roots.ts'

/**
 * `POST /graphql`: 401 without a good token, 400 for what is no query, else 200, whatever came of it. `quotaOf` and `spend` are the
 * caller's GraphQL pool; the rate limit has counted one point for the request already.
 */
export function graphqlRoute(options: {
  readonly state: State
  readonly quotaOf: (request: Request) => Quota
  readonly spend: (request: Request, points: number) => void
}): Hono {
  const { state, quotaOf, spend } = options
  const routes = new Hono()
  routes.post('/graphql', async (c) => {
    const principal = readPrincipal(state, c.req.header('authorization'))
    if (typeof principal === 'string') return c.json({ message: principal, status: '401' }, 401)
    const request = readRequest(await c.req.text())
    if (typeof request === 'string') return c.json({ message: request, status: '400' }, 400)
    const graph = createGraph(state, principal)
    const quota = quotaOf(c.req.raw)
    const answer = await executeQuery(request, (operation, cost) =>
      operation === 'mutation' ? mutationRoot(graph) : queryRoot(graph, { cost, quota }),
    )
    spend(c.req.raw, answer.cost - 1)
    return c.json(answer.body)
  })
  return routes
}

/** The principal, or what GitHub says when there is none. */
function readPrincipal(state: State, header: string | undefined): Principal | string {
  try {
    return authenticate(state, header) ?? 'This endpoint requires you to be authenticated.'
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}

function readRequest(text: string): GraphqlRequest | string {
  const body = parse(text)
  if (body === undefined) return 'Problems parsing JSON'
  const { query, variables, operationName } = isJsonObject(body) ? body : {}
  if (typeof query !== 'string') return 'A query attribute must be specified and must be a string.'
  return {
    query,
    variables: isJsonObject(variables) ? variables : undefined,
    operationName: typeof operationName === 'string' ? operationName : undefined,
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
