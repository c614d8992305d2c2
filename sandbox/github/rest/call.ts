import { isJsonObject, type JsonObject } from '../../json-schema.ts'
import type { Demand } from '../authorise.ts'
import { invalid } from '../refusal.ts'
import type { Actor, Principal } from '../state/accounts.ts'
import type { Repository } from '../state/repository.ts'
import type { State } from '../state.ts'

/** One REST call, authenticated. */
export type Call = {
  readonly state: State
  readonly principal: Principal | undefined
  readonly method: string
  readonly parameters: Readonly<Record<string, string>>
  /** The whole address. */
  readonly url: URL
  /** What is no object stands under `list`. */
  readonly body: JsonObject
}

/** One REST call about a repository, authorised for it. */
export type RepositoryCall = Call & {
  readonly actor: Actor
  readonly repository: Repository
}

export type Answer = {
  readonly status: number
  /** JSON; undefined for an answer without a body. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** What is done for `METHOD /template`. */
export type Routes = Readonly<Record<string, (call: Call) => Promise<Answer> | Answer>>

/** The same for paths below `/repos/{owner}/{repo}`; the keys leave that out: `GET /pulls/{pull_number}`. */
export type RepositoryRoutes = Readonly<Record<string, RepositoryRoute>>

export type RepositoryRoute = Demand & { readonly handle: (call: RepositoryCall) => Promise<Answer> | Answer }

export function ok(body: unknown): Answer {
  return { status: 200, body }
}

export function created(body: unknown): Answer {
  return { status: 201, body }
}

type Bodied = Pick<Call, 'body'>

/** A text in the body; undefined when absent or null. The contract has checked its type already; anything else counts as absent. */
export function text({ body }: Bodied, key: string): string | undefined {
  const value = body[key]
  return typeof value === 'string' ? value : undefined
}

/** A text that must be there: 422 without it. */
export function needText(call: Bodied, key: string): string {
  const value = text(call, key)
  if (value === undefined) throw invalid([`"${key}" wasn't supplied.`], 'Invalid request.')
  return value
}

export function flag({ body }: Bodied, key: string): boolean | undefined {
  const value = body[key]
  return typeof value === 'boolean' ? value : undefined
}

export function list({ body }: Bodied, key: string): readonly unknown[] | undefined {
  const value = body[key]
  return Array.isArray(value) ? value : undefined
}

/** The objects of a list in the body. */
export function objects(call: Bodied, key: string): readonly JsonObject[] {
  return (list(call, key) ?? []).filter(isJsonObject)
}

/** A moment in the body, as milliseconds since 1970, UTC. */
export function moment(call: Bodied, key: string): number | undefined {
  const value = Date.parse(text(call, key) ?? '')
  return Number.isNaN(value) ? undefined : value
}

/** A parameter of the path. */
export function parameter({ parameters }: Pick<Call, 'parameters'>, name: string): string {
  return parameters[name] ?? ''
}

export function query({ url }: Pick<Call, 'url'>, name: string): string | undefined {
  return url.searchParams.get(name) ?? undefined
}
