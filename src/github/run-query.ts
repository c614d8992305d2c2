import { Failed } from '../model/failure.ts'
import { callRest } from './call-rest.ts'
import { isJson, type Json, record } from './json.ts'
import type { Octokit } from './octokit.ts'

export type Query = {
  /** The operation's name, as its text has it. */
  readonly name: string
  readonly text: string
  readonly variables: Readonly<Record<string, unknown>>
  /** Paths (`repository.pullRequest`, `comments.0`) that GitHub may leave out, by the kind of error; the answer says which it did. */
  readonly mayMiss?: MayMiss
}

export type MayMiss = (path: string, type: string) => boolean

export type QueryAnswer = {
  readonly data: Json
  /** By path, the kind of the error that stands for it: `NOT_FOUND`, `FORBIDDEN`, … */
  readonly missed: ReadonlyMap<string, string>
}

/** One GraphQL query. Partial data is a failure, except on paths that the caller may miss. */
export async function runQuery(octokit: Octokit, { name, text, variables, mayMiss }: Query): Promise<QueryAnswer> {
  const call = `POST /graphql ${name}`
  const parameters = { query: text, variables, operationName: name, ...graphqlUrl(octokit) }
  const { data: answer } = await callRest(octokit, { route: 'POST /graphql', parameters })
  const body = record(answer, 'data')
  const missed = new Map<string, string>()
  for (const error of readErrors(body)) {
    if (error.path === '' || mayMiss?.(error.path, error.type) !== true) throw new Failed(failureOf(error, call))
    missed.set(error.path, error.type)
  }
  if (!isJson(body['data'])) throw new Failed({ kind: 'bug', call, cause: 'GitHub answered neither data nor errors' })
  return { data: body['data'], missed }
}

/** GitHub Enterprise Server has REST under `/api/v3` and GraphQL beside it. */
function graphqlUrl(octokit: Octokit): { readonly baseUrl?: string } {
  const { baseUrl } = octokit.request.endpoint.DEFAULTS
  return baseUrl.endsWith('/api/v3') ? { baseUrl: baseUrl.slice(0, -'/v3'.length) } : {}
}

type QueryError = { readonly type: string; readonly path: string; readonly message: string }

function readErrors(body: Json): readonly QueryError[] {
  const errors: readonly unknown[] = Array.isArray(body['errors']) ? body['errors'] : []
  return errors.map((error) => {
    const { type, path, message } = isJson(error) ? error : { type: '', path: [], message: '' }
    return {
      type: typeof type === 'string' ? type : '',
      path: Array.isArray(path) ? path.join('.') : '',
      message: typeof message === 'string' ? message.slice(0, 200) : '',
    }
  })
}

function failureOf({ type, path, message }: QueryError, call: string): Failed['failure'] {
  const cause = `GitHub answered only in part: ${type || 'error'} at ${path || 'the query'}: ${message}`
  if (type === 'FORBIDDEN' || type === 'INSUFFICIENT_SCOPES' || /not accessible by integration/i.test(message)) {
    const remedy = `give the App the permission to read ${path.split('.').at(-1)}, and accept it for the installation`
    return { kind: 'refused', call, cause, remedy }
  }
  if (type === 'NOT_FOUND') {
    return { kind: 'refused', call, cause, remedy: 'check that the repository still belongs to the installation' }
  }
  return { kind: 'bug', call, cause }
}
