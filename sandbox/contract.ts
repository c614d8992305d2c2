import { createSchemaCompiler } from './contract-compiler.ts'
import { createOperationChecks, type OperationChecks, type RequestParts } from './contract-operation.ts'
import { isJsonObject, jsonObjectAt } from './json-schema.ts'

export type Contract = {
  /** The operation that `path` (still encoded, without the query) means; undefined if the document has none. */
  readonly find: (method: string, path: string) => Operation | undefined
}

/** One operation of the document, found for one request. Each violation is a whole sentence; an empty list is a yes. */
export type Operation = {
  /** Upper case. */
  readonly method: string
  /** The path as the document writes it, e.g. `/repos/{owner}/{repo}/pulls/{pull_number}`. */
  readonly template: string
  /** The path's parameters, decoded. */
  readonly parameters: { readonly [name: string]: string }
  readonly checkRequest: (request: RequestParts) => readonly string[]
  readonly checkAnswer: OperationChecks['checkAnswer']
}

export type ContractOptions = {
  /** Path parameters that may hold slashes, e.g. `path`, `ref`. */
  readonly manySegments?: readonly string[]
  /** Headers (lower case) that are not checked, e.g. `authorization`. */
  readonly ignoredHeaders?: readonly string[]
  /** Whether keys and query parameters that the document doesn't list are violations. Default true. */
  readonly closedRequests?: boolean
  /** The same for the keys of answers. Default false. */
  readonly closedAnswers?: boolean
}

/**
 * Holds requests and 2xx answers to an OpenAPI 3.0 document (`paths`, `components`), given as parsed JSON.
 * Each validator is compiled when it is first needed, so creating a contract costs milliseconds.
 */
export function createContract(document: unknown, options: ContractOptions = {}): Contract {
  const compiler = createSchemaCompiler(document, options)
  const routes = Object.entries(jsonObjectAt(document, 'paths'))
    .map(([template, methods]) => toRoute(template, methods, options.manySegments ?? []))
    .sort((one, other) => other.literals - one.literals || one.wide - other.wide)
  const known = new Map<string, OperationChecks>()

  return {
    find: (given, path) => {
      const method = given.toUpperCase()
      for (const { template, methods, pattern } of routes) {
        const found = pattern.exec(path)
        const operation = methods[method.toLowerCase()]
        if (found === null || !isJsonObject(operation)) continue
        const name = `${method} ${template}`
        const checks = known.get(name) ?? createOperationChecks({ name, operation, compiler, options })
        known.set(name, checks)
        const parameters = decodeAll(found.groups ?? {})
        const { checkAnswer } = checks
        return { method, template, parameters, checkAnswer, checkRequest: (it) => checks.checkRequest(it, parameters) }
      }
      return undefined
    },
  }
}

/** Literal segments win over parameters, and narrow parameters over those that may hold slashes. */
function toRoute(template: string, methods: unknown, manySegments: readonly string[]) {
  const segments = template.split('/').filter((segment) => segment !== '')
  const names = segments.flatMap((segment) => /^\{(\w+)\}$/.exec(segment)?.[1] ?? [])
  const source = segments.map((segment) => segmentPattern(segment, manySegments)).join('/')
  return {
    template,
    methods: isJsonObject(methods) ? methods : {},
    pattern: new RegExp(`^/${source}/?$`),
    literals: segments.length - names.length,
    wide: names.filter((name) => manySegments.includes(name)).length,
  }
}

function segmentPattern(segment: string, manySegments: readonly string[]): string {
  const name = /^\{(\w+)\}$/.exec(segment)?.[1]
  if (name === undefined) return segment.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return manySegments.includes(name) ? `(?<${name}>.+?)` : `(?<${name}>[^/]+)`
}

function decodeAll(groups: { readonly [name: string]: string }): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decode(value)]))
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
