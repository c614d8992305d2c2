import type { Period } from '../model/period.ts'

const day = 86_400_000

/**
 * A period from two texts: days (`2026-01-31`, from its first moment, to its last, in UTC) or moments of ISO 8601. What
 * is left out has no bound. Null when a text is neither.
 */
export function parsePeriod({ from, to }: { readonly from?: string; readonly to?: string }): Period | null {
  const [begin, end] = [parseMoment(from, 0), parseMoment(to, day)]
  if (begin === null || end === null) return null
  return { from: begin ?? Number.NEGATIVE_INFINITY, to: end ?? Number.POSITIVE_INFINITY }
}

/** Undefined for no text at all, null for one that is no time. `whole` is added to a day without a time. */
function parseMoment(text: string | undefined, whole: number): number | null | undefined {
  if (text === undefined) return undefined
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const at = isDay || /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : at + (isDay ? whole : 0)
}
