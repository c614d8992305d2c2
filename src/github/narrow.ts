/** An object of a payload. Nothing in it is believed before it was looked at; what does not fit is null. */
export type Fields = { readonly [name: string]: unknown }

export function fields(value: unknown): Fields | null {
  return isFields(value) ? value : null
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An id or number of GitHub: positive, and small enough for JavaScript to hold it exactly. */
export function idOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null
}

/** A name: 1 to 1024 characters, none of them a control character or half of a pair. The database can hold it. */
export function nameOf(value: unknown): string | null {
  if (typeof value !== 'string' || value.length === 0 || value.length > 1024) return null
  return value.isWellFormed() && !/\p{Cc}/u.test(value) ? value : null
}

/** A commit's name, SHA-1 or SHA-256. */
export function shaOf(value: unknown): string | null {
  return typeof value === 'string' && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(value) ? value : null
}

/** ms, UTC */
export function timeOf(value: unknown): number | null {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? null : at
}
