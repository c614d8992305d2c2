import type { CheckName, PostedCheck } from '../model/check.ts'
import type { Effect } from '../model/effect.ts'
import { fingerprint } from '../model/fingerprint.ts'
import type { CheckAnswer } from '../model/post-check.ts'

/** GitHub makes a run stale that is not completed within 14 days; a new one takes its place a day before (ms). */
const renewedAfter = 13 * 86_400_000

/** A line of Markdown under the answer. Only an alarming one is worth a new answer; any other is said with the next. */
export type Aside = { readonly line: string; readonly alarming: boolean }

type NewCheck = {
  readonly name: CheckName
  readonly sha: string
  readonly answer: CheckAnswer
  readonly asides?: readonly Aside[]
  /** Markdown under all else, as it was when the answer was given: a change in it alone is worth no new one. */
  readonly details?: () => string
}

/**
 * Orders a check run unless the newest one of that name says the same already. One in progress is updated in place, and
 * renewed before GitHub gives it up; a completed one is final for GitHub, so a different answer is a new run. `now` is
 * ms, UTC.
 */
export function postCheck(check: NewCheck, posted: readonly PostedCheck[], now: number): readonly Effect[] {
  const { name, sha, answer, asides = [], details = () => '' } = check
  const { status, title, summary, text, buttons, annotations } = answer
  const marks = [
    ...buttons.map(({ identifier }) => identifier),
    ...annotations.map(({ line, message }) => `${line} ${message}`),
  ]
  const said = fingerprint(
    status,
    title,
    summary,
    text,
    ...marks,
    ...asides.filter((aside) => aside.alarming).map((aside) => aside.line),
  )
  const newest = newestPosted(posted, name)
  const isOld = newest !== null && isGivenUp(newest, now)
  if (newest?.fingerprint === said && !isOld) return []
  const onto =
    newest === null || newest.completed || isOld
      ? ({ kind: 'new', after: newest?.runId ?? 0 } as const)
      : ({ kind: 'update', runId: newest.runId } as const)
  const parts = [summary, ...asides.map((aside) => aside.line), details()]
  const whole = { ...answer, summary: parts.filter((part) => part !== '').join('\n\n') }
  return [{ kind: 'post-check', name, sha, answer: whole, fingerprint: said, onto }]
}

function isGivenUp({ completed, conclusion, startedAt }: PostedCheck, now: number): boolean {
  return completed ? conclusion === 'stale' : startedAt !== null && now - startedAt > renewedAfter
}

/** The run that GitHub counts: the greatest id of that name. */
export function newestPosted(posted: readonly PostedCheck[], name: CheckName): PostedCheck | null {
  return posted.filter((run) => run.name === name).toSorted((a, b) => b.runId - a.runId)[0] ?? null
}
