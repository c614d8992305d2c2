import { Failed } from '../model/failure.ts'

/** An object from GitHub's answer. What is read from it is checked as it is read: a wrong shape is `Failed`, never a default. */
export type Json = { readonly [key: string]: unknown }

export type Connection = {
  readonly nodes: readonly Json[]
  /** Neither a page before or after this one nor a node that GitHub kept back. */
  readonly complete: boolean
  readonly next: string | null
  readonly previous: string | null
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function record(value: unknown, what: string): Json {
  return isJson(value) ? value : wrong(what)
}

export function child(json: Json, key: string): Json {
  return record(json[key], key)
}

/** Null where GitHub says null. A key that is missing altogether is no null. */
export function childOrNull(json: Json, key: string): Json | null {
  return json[key] === null ? null : child(json, key)
}

export function text(json: Json, key: string): string {
  const value = json[key]
  return typeof value === 'string' ? value : wrong(key)
}

export function textOrNull(json: Json, key: string): string | null {
  return json[key] === null ? null : text(json, key)
}

/** A whole number that JavaScript holds exactly; GraphQL's BigInt comes as a text. */
export function integer(json: Json, key: string): number {
  const value = json[key]
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : wrong(key)
}

export function truth(json: Json, key: string): boolean {
  const value = json[key]
  return typeof value === 'boolean' ? value : wrong(key)
}

/** ms, UTC */
export function time(json: Json, key: string): number {
  const at = Date.parse(text(json, key))
  return Number.isNaN(at) ? wrong(key) : at
}

export function timeOrNull(json: Json, key: string): number | null {
  return json[key] === null ? null : time(json, key)
}

export function list(json: Json, key: string): readonly unknown[] {
  const value = json[key]
  return Array.isArray(value) ? value : wrong(key)
}

/** GraphQL's connection with `nodes` and `pageInfo`; a page that was read without `pageInfo` does not pass. */
export function connection(json: Json, key: string): Connection {
  const page = child(json, key)
  const nodes = list(page, 'nodes')
  const info = child(page, 'pageInfo')
  const forward = info['hasNextPage'] === true
  const backward = info['hasPreviousPage'] === true
  return {
    nodes: nodes.filter(isJson),
    complete: !forward && !backward && nodes.every(isJson),
    next: forward ? text(info, 'endCursor') : null,
    previous: backward ? text(info, 'startCursor') : null,
  }
}

function wrong(what: string): never {
  throw new Failed({ kind: 'bug', call: 'reading an answer', cause: `GitHub's answer has no usable "${what}"` })
}
