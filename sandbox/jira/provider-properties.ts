import { jsonObjectAt } from '../json-schema.ts'

/** What is wrong with the properties of a bulk request (at most 5, no leading `_`, no `:`, 255 characters). */
export function faultOfProperties(body: unknown): string | undefined {
  const properties = Object.entries(jsonObjectAt(body, 'properties'))
  if (properties.length > 5) return 'At most 5 properties are allowed.'
  const bad = properties.find(([key, value]) => /^_|:/.test(key) || key.length > 255 || String(value).length > 255)
  return bad === undefined ? undefined : `The property ${bad[0]} is not allowed.`
}
