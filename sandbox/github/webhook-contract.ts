import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import { hasty, isUriOrEmpty } from '../contract-compiler.ts'
import { isJsonObject, type JsonObject, jsonObjectAt } from '../json-schema.ts'

let compiler: Ajv | undefined
const compiled = new Map<string, ValidateFunction | undefined>()

/**
 * What GitHub's own webhook schemas (`@octokit/webhooks-schemas`) say against a payload; empty when nothing. Keys that are newer than the
 * schemas are allowed, everything they demand must be there and of its type. Each event's schema is compiled when first needed.
 */
export function webhookViolations(event: string, payload: JsonObject): readonly string[] {
  const action = typeof payload['action'] === 'string' ? payload['action'] : 'event'
  const name = `${event}$${action}`
  const validate = compiled.has(name) ? compiled.get(name) : compile(name)
  compiled.set(name, validate)
  if (validate === undefined) return [`webhook ${name}: GitHub has no such event`]
  if (validate(payload)) return []
  return (validate.errors ?? []).map(({ instancePath, message }) => `webhook ${name}: ${instancePath} ${message}`)
}

function compile(name: string): ValidateFunction | undefined {
  compiler ??= createCompiler()
  return compiler.getSchema(address + name)
}

const address = 'webhook://definitions/'

/** Each definition is a schema of its own: compiling one of the whole document's would compile all of it, for seconds. */
function createCompiler(): Ajv {
  const ajv = new Ajv({ ...hasty, strict: false, allErrors: true, logger: false, validateSchema: false })
  formats.default(ajv)
  ajv.addFormat('uri', isUriOrEmpty)
  const path = fileURLToPath(import.meta.resolve('@octokit/webhooks-schemas'))
  const schemas: unknown = JSON.parse(readFileSync(path, 'utf8'))
  for (const [name, schema] of Object.entries(jsonObjectAt(schemas, 'definitions'))) {
    ajv.addSchema({ allOf: [open(schema)] }, address + name)
  }
  return ajv
}

/** GitHub adds keys all the time; the schemas are of one day. */
function open(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(open)
  if (!isJsonObject(value)) return value
  const kept = Object.entries(value).filter(([key, inner]) => key !== 'additionalProperties' || inner !== false)
  return Object.fromEntries(kept.map(([key, inner]) => [key === 'oneOf' ? 'anyOf' : key, openKeyword(key, inner)]))
}

function openKeyword(key: string, value: unknown): unknown {
  if (key !== '$ref' || typeof value !== 'string') return open(value)
  return address + value.slice(value.lastIndexOf('/') + 1)
}
