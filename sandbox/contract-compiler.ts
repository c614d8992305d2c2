import type { ValidateFunction } from 'ajv'
import { Ajv2019 } from 'ajv/dist/2019.js'
import formats from 'ajv-formats'
import { isJsonObject, type JsonObject, jsonObjectAt, toJsonSchema } from './json-schema.ts'

export type SchemaCompiler = {
  readonly forBody: (schema: unknown) => Check
  readonly forAnswer: (schema: unknown) => Check
  /** For query, path and header parameters: they are text, and count as numbers or booleans where they read as such. */
  readonly forParameter: (schema: unknown) => Check
  /** What a `$ref` within the document points at; anything else is returned as it is. */
  readonly resolve: (value: unknown) => JsonObject
}

/** Violations of `value`, each beginning with where it is, e.g. `/output/title must be string`. */
export type Check = (value: unknown) => readonly string[]

/** Compiles the schemas of an OpenAPI 3.0 document, each when it is asked for. */
export function createSchemaCompiler(
  document: unknown,
  options: { readonly closedRequests?: boolean; readonly closedAnswers?: boolean },
): SchemaCompiler {
  const compile = (closed: boolean, coerceTypes: boolean) => {
    const ajv = createAjv(coerceTypes)
    // Absolute, so that one component's references don't count from its own address.
    const refPrefix = 'contract://components/'
    for (const [name, schema] of Object.entries(jsonObjectAt(document, 'components', 'schemas'))) {
      ajv.addSchema(toJsonSchema(schema, { refPrefix, closed }), refPrefix + name)
    }
    return (schema: unknown): Check => toCheck(ajv.compile(toJsonSchema(schema, { refPrefix, closed })))
  }
  return {
    forBody: compile(options.closedRequests ?? true, false),
    forAnswer: compile(options.closedAnswers ?? false, false),
    forParameter: compile(false, true),
    resolve: (value) => resolve(document, value),
  }
}

/** What is compiled here is used a few times: nothing is made twice, and nothing better than it must be. Halves the time it takes. */
export const hasty = { inlineRefs: false, code: { optimize: false } } as const

function createAjv(coerceTypes: boolean): Ajv2019 {
  const lenient = { strict: false, validateSchema: false, logger: false } as const
  const ajv = new Ajv2019({ ...hasty, ...lenient, allErrors: true, coerceTypes })
  formats.default(ajv)
  for (const name of ['url', 'URL']) ajv.addFormat(name, URL.canParse)
  ajv.addFormat('uri', isUriOrEmpty)
  ajv.addFormat('timestamp', (text: string) => !Number.isNaN(Date.parse(text)))
  ajv.addFormat('repo.nwo', /^[\w.-]+\/[\w.-]+$/)
  return ajv
}

/**
 * GitHub itself sends an empty string where a status gave no address (`target_url` and `environment_url` in the recorded
 * deliveries of `@octokit/webhooks-examples`), though its documents say `uri`.
 */
export function isUriOrEmpty(text: string): boolean {
  return text === '' || URL.canParse(text)
}

function toCheck(validate: ValidateFunction): Check {
  return (value) => {
    if (validate(value)) return []
    const errors = validate.errors ?? []
    return [...new Set(errors.map(({ instancePath, message, params }) => `${instancePath} ${message}${about(params)}`))]
  }
}

/** The parameters of an error that its message leaves out. */
function about(params: JsonObject): string {
  const named = params['unevaluatedProperty'] ?? params['additionalProperty'] ?? params['allowedValues']
  return named === undefined ? '' : `: ${Array.isArray(named) ? named.join(', ') : String(named)}`
}

function resolve(document: unknown, value: unknown): JsonObject {
  if (!isJsonObject(value)) return {}
  const reference = value['$ref']
  return typeof reference === 'string' ? jsonObjectAt(document, ...reference.split('/').slice(1)) : value
}
