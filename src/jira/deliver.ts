import type { Client } from 'jira.js/core'
import type { Failure } from '../model/failure.ts'
import { Failed } from '../model/failure.ts'
import type { Report } from '../model/report.ts'
import type { Delivered } from '../reconcile/world/issues.ts'
import { toFailed } from './failures.ts'
import type { Send } from './send.ts'
import { JiraTrouble } from './trouble.ts'

export type Delivery = {
  readonly client: Client
  /** ms, UTC */
  readonly now: () => number
  readonly call: string
  readonly send: Send
}

/** `doubtful`: Jira failed, and it is not known whether at all or only at these. */
export type Outcome = Delivered & { readonly doubtful: boolean }

/** How long a report is kept that the credentials may not send, or that Jira fails at while it takes others (ms). */
export const refusedFor = 3_600_000

/**
 * Sends the reports of one API in one request. What Jira refuses of it is found by halving, so that one bad report stops no other;
 * an issue that is over its own limit makes only its own reports wait.
 */
export async function deliver(delivery: Delivery, reports: readonly Report[]): Promise<Outcome> {
  const { client, now, call, send } = delivery
  try {
    return { graded: await send(client, reports), away: null, doubtful: false }
  } catch (error) {
    const { failure } = toFailed(error, { call, now: now() })
    const until = failure.kind === 'busy' ? failure.until : now() + refusedFor
    const cause = failure.kind === 'refused' ? `${failure.cause}; ${failure.remedy}` : failure.cause
    if (failure.kind === 'refused' && statusOf(error) === 403) return keepOnly(reports, { until, cause })
    if (isAboutSome(error)) {
      if (reports.length > 1 && !(failure.kind === 'busy' && isOfOneIssue(reports))) return halve(delivery, reports)
      if (failure.kind === 'busy') return keepOnly(reports, { until, cause })
    }
    if (isAboutSome(error) || isOurFault(failure)) {
      const grade = { kind: 'not-reported', cause } as const
      return { graded: reports.map(({ key }) => ({ key, grade })), away: null, doubtful: false }
    }
    return { ...keep(reports, { until, cause }), doubtful: isDoubtful(error) }
  }
}

type Away = NonNullable<Delivered['away']>

/** These wait, and so does everything else. */
export function keep(reports: readonly Report[], away: Away): Outcome {
  return { graded: reports.map(({ key }) => ({ key, grade: { kind: 'kept', ...away } })), away, doubtful: false }
}

/** These wait, and nothing else does. */
export function keepOnly(reports: readonly Report[], away: Away): Outcome {
  return { ...keep(reports, away), away: null }
}

async function halve(delivery: Delivery, reports: readonly Report[]): Promise<Outcome> {
  const [first, rest] = halvesOf(reports)
  const one = await deliver(delivery, first)
  const other = one.away === null ? await deliver(delivery, rest) : keep(rest, one.away)
  return { graded: [...one.graded, ...other.graded], away: other.away, doubtful: false }
}

export function halvesOf(reports: readonly Report[]): readonly [readonly Report[], readonly Report[]] {
  const middle = Math.ceil(reports.length / 2)
  return [reports.slice(0, middle), reports.slice(middle)]
}

/** Other reports of the same request may fare better: something in it is wrong or too large, or one issue is over its limit. */
function isAboutSome(error: unknown): boolean {
  if (!(error instanceof JiraTrouble) || error.trouble.kind === 'lost') return false
  const { status, perIssue } = error.trouble
  return status === 400 || status === 413 || (status === 429 && perIssue)
}

/** No half of them would fare better where that one is over its limit. */
function isOfOneIssue([first, ...others]: readonly Report[]): boolean {
  return first?.issueKeys.some((key) => others.every(({ issueKeys }) => issueKeys.includes(key))) === true
}

/** An answer, or an error, that nobody expected: sending the same again would bring the same. */
function isOurFault(failure: Failure): boolean {
  return failure.kind === 'bug'
}

/** Not on the way in, nor what Jira says of everybody. */
function isDoubtful(error: unknown): boolean {
  if (error instanceof Failed || !(error instanceof JiraTrouble)) return false
  return error.trouble.kind === 'lost' || error.trouble.status >= 500 || error.trouble.status === 408
}

function statusOf(error: unknown): number | null {
  return error instanceof JiraTrouble && error.trouble.kind === 'answered' ? error.trouble.status : null
}
