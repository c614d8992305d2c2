import type { Period } from '../model/period.ts'

const day = 86_400_000

/**
 * A period from two texts: days (`2026-01-31`, from its first moment, to its last, in UTC) or moments of ISO 8601. What
 * is left out has no bound. Null when a text is neither, or the period ends before it begins.
 */
export function parsePeriod({ from, to }: { readonly from?: string; readonly to?: string }): Period | null {
  const [begin, end] = [parseMoment(from, 0), parseMoment(to, day)]
  if (begin === null || end === null) return null
  const period = { from: begin ?? Number.NEGATIVE_INFINITY, to: end ?? Number.POSITIVE_INFINITY }
  return period.from < period.to ? period : null
}

/**
 * Undefined for no text at all, null for one that is no time. `whole` is added to a day without a time. What names no
 * zone is in UTC, whatever clock this machine goes by.
 */
function parseMoment(text: string | undefined, whole: number): number | null | undefined {
  if (text === undefined) return undefined
  const [, day = '', time, zone = 'Z'] = /^(\d{4}-\d{2}-\d{2})(T[\d:.,]+)?(Z|[+-]\d{2}:?\d{2})?$/.exec(text) ?? []
  const midnight = Date.parse(day)
  // The 30th of February would be the 2nd of March.
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return null
  if (time === undefined) return text === day ? midnight + whole : null
  const at = Date.parse(`${day}${time}${zone}`)
  return Number.isNaN(at) ? null : at
}
