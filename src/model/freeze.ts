import { Temporal } from '@js-temporal/polyfill'

/** A window of the configuration: weekly (`Fri 16:00`) or dated (`2026-12-24`, `2026-12-24 18:00`), in a time zone. */
export type FreezeWindow = {
  readonly from: string
  readonly to: string
  readonly timezone: string
  readonly reason: string
}

/** A freeze that lasts now. `until`: when nothing is frozen any more (ms, UTC); null where no end is near. */
export type Freeze = { readonly reason: string; readonly until: number | null }

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

type Moment =
  | { readonly kind: 'weekly' /** Monday is 1. */; readonly day: number; readonly time: Temporal.PlainTime }
  | { readonly kind: 'dated'; readonly date: Temporal.PlainDate; readonly time: Temporal.PlainTime | null }

/** Windows that follow on one another are one freeze; they are followed as far as takes so many looks at one of them. */
const mostLooks = 1000

/** The freeze that lasts at `now` (ms, UTC), with the end of all windows that overlap or follow at once; null when open. */
export function freezeAt(windows: readonly FreezeWindow[], now: number): Freeze | null {
  const first = endingLast(windows, now)
  if (first === null) return null
  let until = first.until
  for (let looks = 0; looks < mostLooks; looks += windows.length) {
    const next = endingLast(windows, until)
    if (next === null) return { reason: first.reason, until }
    until = next.until
  }
  return { reason: first.reason, until: null }
}

/** What is wrong with a window, for the configuration's answer; null when nothing is. */
export function freezeProblem({ from, to, timezone }: FreezeWindow): string | null {
  const [start, end] = [parseMoment(from), parseMoment(to)]
  if (start === null || end === null) {
    return 'from and to must both be a weekday with a time ("Fri 16:00") or a date, with or without a time ("2026-12-24 18:00")'
  }
  if (!isTimeZone(timezone)) return `there is no time zone ${timezone}; it must be one such as Australia/Sydney or UTC`
  if (start.kind !== end.kind) return 'from and to must be of the same kind: both weekly, or both dates'
  if (start.kind === 'weekly' && end.kind === 'weekly' && start.day === end.day && start.time.equals(end.time)) {
    return 'from and to are the same moment of the week'
  }
  if (start.kind === 'dated' && end.kind === 'dated' && endOf(end, timezone) <= startOf(start, timezone)) {
    return 'to must be later than from'
  }
  return null
}

function endingLast(
  windows: readonly FreezeWindow[],
  now: number,
): { readonly reason: string; readonly until: number } | null {
  const active = windows.flatMap((window) => {
    const until = endAt(window, now)
    return until === null ? [] : [{ reason: window.reason, until }]
  })
  return active.toSorted((a, b) => b.until - a.until)[0] ?? null
}

/** The end of a window that lasts at `now`, null when it does not. Its end is the first moment after it. */
function endAt({ from, to, timezone }: FreezeWindow, now: number): number | null {
  const [start, end] = [parseMoment(from), parseMoment(to)]
  if (start?.kind === 'dated' && end?.kind === 'dated') {
    const until = endOf(end, timezone)
    return startOf(start, timezone) <= now && now < until ? until : null
  }
  if (start?.kind === 'weekly' && end?.kind === 'weekly') return weeklyEnd({ start, end, timezone }, now)
  return null
}

type Weekly = Extract<Moment, { kind: 'weekly' }>

/** By the calendar of the zone, so that a change of the clock makes one week an hour longer or shorter. */
function weeklyEnd(
  { start, end, timezone }: { readonly start: Weekly; readonly end: Weekly; readonly timezone: string },
  now: number,
): number | null {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone).toPlainDate()
  const daysSince = (today.dayOfWeek - start.day + 7) % 7
  const length = (end.day - start.day + 7) % 7 || (Temporal.PlainTime.compare(end.time, start.time) > 0 ? 0 : 7)
  for (const weeksAgo of [0, 1]) {
    const begins = today.subtract({ days: daysSince + 7 * weeksAgo })
    const until = lastAt(begins.add({ days: length }), end.time, timezone)
    if (at(begins, start.time, timezone) <= now && now < until) return until
  }
  return null
}

type Dated = Extract<Moment, { kind: 'dated' }>

function startOf({ date, time }: Dated, timezone: string): number {
  return at(date, time ?? new Temporal.PlainTime(), timezone)
}

/** A date without a time is frozen to its last moment. */
function endOf({ date, time }: Dated, timezone: string): number {
  return time === null ? at(date.add({ days: 1 }), new Temporal.PlainTime(), timezone) : lastAt(date, time, timezone)
}

/** Of a time that comes twice, the first; one that the clock skips is the moment of the change. */
function at(date: Temporal.PlainDate, time: Temporal.PlainTime, timezone: string): number {
  const asked = date.toPlainDateTime(time)
  const there = asked.toZonedDateTime(timezone)
  const change = there.toPlainDateTime().equals(asked) ? null : there.getTimeZoneTransition('previous')
  return (change ?? there).epochMilliseconds
}

/** An end at a time that comes twice is the second one: the clock shows a time of the freeze until then. */
function lastAt(date: Temporal.PlainDate, time: Temporal.PlainTime, timezone: string): number {
  const later = date.toPlainDateTime(time).toZonedDateTime(timezone, { disambiguation: 'later' })
  return Math.max(at(date, time, timezone), later.toPlainTime().equals(time) ? later.epochMilliseconds : 0)
}

function parseMoment(text: string): Moment | null {
  const weekly = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (([01]\d|2[0-3]):[0-5]\d)$/.exec(text)
  if (weekly?.[1] !== undefined && weekly[2] !== undefined) {
    return { kind: 'weekly', day: days.indexOf(weekly[1]) + 1, time: Temporal.PlainTime.from(weekly[2]) }
  }
  const dated = /^(\d{4}-\d\d-\d\d)(?: (([01]\d|2[0-3]):[0-5]\d))?$/.exec(text)
  if (dated?.[1] === undefined) return null
  try {
    const time = dated[2] === undefined ? null : Temporal.PlainTime.from(dated[2])
    return { kind: 'dated', date: Temporal.PlainDate.from(dated[1]), time }
  } catch {
    return null
  }
}

function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)
    return true
  } catch {
    return false
  }
}
