import { readFileSync } from 'node:fs'
import type { Context, MiddlewareHandler } from 'hono'
import { type Contract, createContract, type Operation } from '../contract.ts'

export type ContractMiddlewareOptions = {
  /** Grows by one sentence per violation; `GET /_sandbox/violations` shows it. */
  readonly violations: string[]
  /** Who holds the request's token: a login, an App's slug, or an empty text. */
  readonly callerOf: (request: Request) => string
  /** Callers that may use only what the contract lists. Default: Waybill, whose calls the contract was cut for. */
  readonly bound?: readonly string[]
}

/**
 * Holds REST requests and their 2xx answers to GitHub's OpenAPI document. A request that it refuses never reaches its route: it is
 * answered 422 with the reasons. Operations that the document lacks pass unchecked, unless a bound caller uses them with success.
 */
export function contractMiddleware(options: ContractMiddlewareOptions): MiddlewareHandler {
  const { violations, callerOf, bound = ['waybill'] } = options
  return async (c, next) => {
    const path = new URL(c.req.url).pathname
    if (path === '/graphql' || path.startsWith('/_sandbox')) return next()
    const operation = githubContract().find(c.req.method, path)
    if (operation === undefined) {
      await next()
      const by = callerOf(c.req.raw)
      if (c.res.ok && bound.includes(by))
        violations.push(`${c.req.method} ${path}: ${by} calls what the contract lacks`)
      return
    }
    const body = readJson(await c.req.text())
    if (body === 'malformed') return refuse(c, 400, { message: 'Problems parsing JSON' })
    const refused = operation.checkRequest({
      query: new URL(c.req.url).searchParams,
      headers: c.req.raw.headers,
      ...body,
    })
    if (refused.length > 0) {
      violations.push(...refused)
      return refuse(c, 422, { message: `Invalid request.\n\n${refused.join('\n')}`, errors: refused })
    }
    await next()
    violations.push(...(await checkAnswer(operation, c.res)))
  }
}

let contract: Contract | undefined

/** GitHub's REST operations as far as Waybill uses them; read from the document at first use. */
export function githubContract(): Contract {
  contract ??= createContract(readDocument(), {
    manySegments: ['path', 'ref', 'basehead', 'branch', 'environment_name'],
    ignoredHeaders: ['authorization'],
  })
  return contract
}

function readDocument(): unknown {
  return JSON.parse(readFileSync(new URL('../contracts/github-rest.json', import.meta.url), 'utf8'))
}

function readJson(text: string): { readonly body: unknown } | 'malformed' {
  if (text === '') return { body: undefined }
  try {
    return { body: JSON.parse(text) }
  } catch {
    return 'malformed'
  }
}

function refuse(
  c: Context,
  status: 400 | 422,
  answer: { readonly message: string; readonly errors?: readonly string[] },
) {
  return c.json({ ...answer, documentation_url: 'https://docs.github.com/rest', status: String(status) }, status)
}

async function checkAnswer(operation: Operation, response: Response): Promise<readonly string[]> {
  if (!response.ok) return []
  const contentType = response.headers.get('content-type')?.split(';')[0]?.trim()
  const read = readJson(await response.clone().text())
  if (contentType !== undefined && contentType !== 'application/json') {
    return operation.checkAnswer({ status: response.status, body: undefined, contentType })
  }
  if (read === 'malformed') return [`${operation.method} ${operation.template}: the answer is no JSON`]
  return operation.checkAnswer({ status: response.status, ...read })
}
