import type { CheckName, PostedCheck } from '../model/check.ts'
import type { CheckAnswer, Effect } from '../model/effect.ts'
import { fingerprint } from '../model/fingerprint.ts'

/** GitHub makes a run stale that is not completed within 14 days; a new one takes its place a day before (ms). */
const renewedAfter = 13 * 86_400_000

/**
 * Orders a check run unless the newest one of that name says the same already. One in progress is updated in place, and
 * renewed before GitHub gives it up; a completed one is final for GitHub, so a different answer is a new run. `now` is
 * ms, UTC.
 */
export function postCheck(
  check: { readonly name: CheckName; readonly sha: string; readonly answer: CheckAnswer },
  posted: readonly PostedCheck[],
  now: number,
): readonly Effect[] {
  const { status, title, summary, text, buttons, annotations } = check.answer
  const marks = [
    ...buttons.map(({ identifier }) => identifier),
    ...annotations.map(({ line, message }) => `${line} ${message}`),
  ]
  const said = fingerprint(status, title, summary, text, ...marks)
  const newest = newestPosted(posted, check.name)
  const isOld = newest !== null && isGivenUp(newest, now)
  if (newest?.fingerprint === said && !isOld) return []
  const onto =
    newest === null || newest.completed || isOld
      ? ({ kind: 'new', after: newest?.runId ?? 0 } as const)
      : ({ kind: 'update', runId: newest.runId } as const)
  return [{ kind: 'post-check', ...check, fingerprint: said, onto }]
}

function isGivenUp({ completed, conclusion, startedAt }: PostedCheck, now: number): boolean {
  return completed ? conclusion === 'stale' : startedAt !== null && now - startedAt > renewedAfter
}

/** The run that GitHub counts: the greatest id of that name. */
export function newestPosted(posted: readonly PostedCheck[], name: CheckName): PostedCheck | null {
  return posted.filter((run) => run.name === name).toSorted((a, b) => b.runId - a.runId)[0] ?? null
}
