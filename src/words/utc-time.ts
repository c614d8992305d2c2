/** A moment (ms, UTC) as people read it: `2026-02-03 10:02 UTC`. Days to dates after the Gregorian rule of leap years. */
export function utcTime(at: number): string {
  const minutes = Math.floor(at / 60_000)
  const clock = ((minutes % 1440) + 1440) % 1440
  return `${dateOf(Math.floor(minutes / 1440))} ${two(Math.floor(clock / 60))}:${two(clock % 60)} UTC`
}

/** Counts from 1 March of year 0, so that the leap day is the last of its year; 146,097 days are 400 years. */
function dateOf(daysSince1970: number): string {
  const days = daysSince1970 + 719_468
  const era = Math.floor(days / 146_097)
  const day = days - era * 146_097
  const year = Math.floor((day - Math.floor(day / 1460) + Math.floor(day / 36_524) - Math.floor(day / 146_096)) / 365)
  const dayOfYear = day - (365 * year + Math.floor(year / 4) - Math.floor(year / 100))
  const march = Math.floor((5 * dayOfYear + 2) / 153)
  const month = march < 10 ? march + 3 : march - 9
  const dayOfMonth = dayOfYear - Math.floor((153 * march + 2) / 5) + 1
  return `${era * 400 + year + (month <= 2 ? 1 : 0)}-${two(month)}-${two(dayOfMonth)}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
