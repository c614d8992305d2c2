import type { HonoRequest } from 'hono'
import { isJsonObject } from '../json-schema.ts'
import { githubContract } from './contracts.ts'

/**
 * What a request is called in records and faults: `GET /repos/{owner}/{repo}/pulls/{pull_number}`, or `POST /graphql OperationName`
 * (without a name for anonymous operations). What the contract lacks is named by its path with owner, repository, numbers and shas cut out.
 */
export async function callName(request: HonoRequest): Promise<string> {
  const { pathname } = new URL(request.url)
  if (pathname === '/graphql') return `${request.method} /graphql ${operationName(await request.text())}`.trimEnd()
  const template = githubContract().find(request.method, pathname)?.template
  return `${request.method} ${template ?? generalise(pathname)}`
}

function operationName(body: string): string {
  const { operationName: given, query } = parse(body)
  if (typeof given === 'string' && given !== '') return given
  return /^\s*(?:query|mutation)\s+(\w+)/m.exec(typeof query === 'string' ? query : '')?.[1] ?? ''
}

function parse(body: string): { readonly [key: string]: unknown } {
  try {
    const parsed: unknown = JSON.parse(body)
    return isJsonObject(parsed) ? parsed : {}
  } catch {
    return {}
  }
}

function generalise(pathname: string): string {
  return pathname
    .replace(/^\/repos\/[^/]+\/[^/]+/, '/repos/{owner}/{repo}')
    .replaceAll(/\/[0-9a-f]{40}(?=\/|$)/g, '/{sha}')
    .replaceAll(/\/\d+(?=\/|$)/g, '/{id}')
}
