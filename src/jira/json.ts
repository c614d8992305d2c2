/** What JSON holds, once it is known to be an object. */
export type Json = { readonly [key: string]: unknown }

/** The value if it is an object; an empty one otherwise. */
export function objectOf(value: unknown): Json {
  return isObject(value) ? value : {}
}

/** The value if it is a list; an empty one otherwise. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
