/** What JSON holds, once it is known to be an object. */
export type JsonObject = { readonly [key: string]: unknown }

/** True for a JSON object; arrays and null are none. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object at `keys` within `value`; empty where there is none. */
export function jsonObjectAt(value: unknown, ...keys: readonly string[]): JsonObject {
  const found = keys.reduce((inner: unknown, key) => (isJsonObject(inner) ? inner[key] : undefined), value)
  return isJsonObject(found) ? found : {}
}

/**
 * Turns a schema of an OpenAPI 3.0 document into JSON Schema 2019-09.
 * `nullable` becomes a type of its own, references to `#/components/schemas/NAME` become `refPrefix` + NAME, and a `pattern` counts for
 * strings only (Jira's devinfo document puts one on an array and writes Java's `\p{Digit}`).
 * With `closed`, an object that lists its properties takes no others; `additionalProperties` in the document still has the last word.
 */
export function toJsonSchema(
  schema: unknown,
  options: { readonly refPrefix: string; readonly closed: boolean },
): JsonObject {
  return convert(schema, { ...options, composed: false })
}

type Options = {
  readonly refPrefix: string
  readonly closed: boolean
  /** Inside allOf, anyOf, oneOf: only the outermost schema can tell which keys are unknown. */
  readonly composed: boolean
}

const lists: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf'])
const maps: ReadonlySet<string> = new Set(['properties', 'patternProperties'])
const annotations: ReadonlySet<string> = new Set([
  'discriminator',
  'example',
  'examples',
  'default',
  'readOnly',
  'writeOnly',
  'deprecated',
  'xml',
  'nullable',
])

function convert(schema: unknown, options: Options): JsonObject {
  if (!isJsonObject(schema)) return {}
  const reference = schema['$ref']
  if (typeof reference === 'string')
    return { $ref: options.refPrefix + reference.slice(reference.lastIndexOf('/') + 1) }
  const converted = Object.fromEntries(
    Object.entries(schema).flatMap(([keyword, value]) => convertKeyword(keyword, value, { schema, options })),
  )
  const shut = closes(schema, options) ? { ...converted, unevaluatedProperties: false } : converted
  return schema['nullable'] === true ? { anyOf: [{ type: 'null' }, shut] } : shut
}

function convertKeyword(
  keyword: string,
  value: unknown,
  { schema, options }: { readonly schema: JsonObject; readonly options: Options },
): readonly (readonly [string, unknown])[] {
  const inner = { ...options, composed: false }
  if (annotations.has(keyword)) return []
  if (keyword === 'pattern') return schema['type'] === 'array' ? [] : [[keyword, nativePattern(String(value))]]
  if (keyword === 'items' || keyword === 'not') return [[keyword, convert(value, inner)]]
  if (keyword === 'additionalProperties') {
    if (isJsonObject(value)) return [[keyword, convert(value, inner)]]
    return value === true && options.closed && options.composed ? [] : [[keyword, value]]
  }
  if (lists.has(keyword) && Array.isArray(value)) {
    return [[keyword, value.map((one) => convert(one, { ...options, composed: true }))]]
  }
  if (maps.has(keyword) && isJsonObject(value)) {
    return [[keyword, Object.fromEntries(Object.entries(value).map(([name, one]) => [name, convert(one, inner)]))]]
  }
  return [[keyword, value]]
}

function closes(schema: JsonObject, { closed, composed }: Options): boolean {
  return closed && !composed && isJsonObject(schema['properties']) && schema['additionalProperties'] === undefined
}

function nativePattern(pattern: string): string {
  return pattern.replaceAll('\\p{Digit}', '\\p{Nd}')
}
