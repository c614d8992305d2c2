import type { Client } from 'jira.js/core'
import type { Failure } from '../model/failure.ts'
import type { Graded } from '../model/grade.ts'
import type { Report } from '../model/report.ts'
import type { Delivered } from '../reconcile/world/issues.ts'
import { toFailed } from './failures.ts'
import { issueKey } from './issue-key.ts'
import type { Send } from './send.ts'
import { sendBuilds } from './send-builds.ts'
import { sendDeployments } from './send-deployments.ts'
import { sendDevinfo } from './send-devinfo.ts'
import { sendGone } from './send-gone.ts'
import { JiraTrouble } from './trouble.ts'

export type PanelsOptions = {
  readonly client: Client
  /** ms, UTC */
  readonly now: () => number
}

/** Jira takes 100 builds or deployments in one request. */
const mostInRequest = 100

/** How long a report is kept that the credentials may not send (ms). */
const refusedFor = 3_600_000

/**
 * Tells Jira's panels, and grades each report. What Jira refuses of a request is found by halving it, so that one bad
 * report stops no other; an issue that is over its own limit makes only its own reports wait, and an API that the
 * credentials may not use only that API's. When Jira is away, or does not accept the credentials, the rest is kept
 * unsent. Sending the same again changes nothing.
 */
export function createPanels({ client, now }: PanelsOptions): (reports: readonly Report[]) => Promise<Delivered> {
  return async (reports) => {
    const sendable = reports.filter(({ issueKeys }) => issueKeys.some((key) => issueKey.test(key)))
    const keyless = reports.filter((one) => !sendable.includes(one))
    const graded: Graded[] = keyless.map(({ key }) => {
      return { key, grade: { kind: 'not-reported', cause: 'it names no issue key' } }
    })
    let away: Delivered['away'] = null
    for (const { call, send, takes } of apis) {
      for (const some of chunks(sendable.filter(takes).map(withKeysOnly))) {
        const outcome: Delivered = away === null ? await deliver({ client, now, call, send }, some) : keep(some, away)
        graded.push(...outcome.graded)
        away = outcome.away ?? away
      }
    }
    return { graded, away }
  }
}

const devinfo = 'POST /jira/devinfo/0.1/bulk'

type Api = {
  readonly call: string
  readonly send: Send
  readonly takes: (report: Report) => boolean
}

/**
 * Branches apart: they carry commits, whose messages Jira would obey. The past apart: it sets nothing off. What is to be
 * forgotten comes last.
 */
const apis: readonly Api[] = [
  { call: devinfo, send: sendDevinfo, takes: ({ body, sending }) => body.kind === 'branch' && sending !== 'backfill' },
  { call: devinfo, send: sendDevinfo, takes: ({ body, sending }) => body.kind === 'pull' && sending !== 'backfill' },
  {
    call: devinfo,
    send: sendDevinfo,
    takes: ({ body, sending }) => sending === 'backfill' && (body.kind === 'branch' || body.kind === 'pull'),
  },
  { call: 'POST /jira/builds/0.1/bulk', send: sendBuilds, takes: ({ body }) => body.kind === 'build' },
  { call: 'POST /jira/deployments/0.1/bulk', send: sendDeployments, takes: ({ body }) => body.kind === 'deployment' },
  { call: 'DELETE /jira', send: sendGone, takes: ({ body }) => body.kind === 'gone' },
]

function withKeysOnly(report: Report): Report {
  return { ...report, issueKeys: report.issueKeys.filter((key) => issueKey.test(key)) }
}

function chunks(reports: readonly Report[]): readonly (readonly Report[])[] {
  const starts = Array.from({ length: Math.ceil(reports.length / mostInRequest) }, (_, n) => n * mostInRequest)
  return starts.map((start) => reports.slice(start, start + mostInRequest))
}

type Delivery = PanelsOptions & Pick<Api, 'call' | 'send'>

async function deliver(delivery: Delivery, reports: readonly Report[]): Promise<Delivered> {
  const { client, now, call, send } = delivery
  try {
    return { graded: await send(client, reports), away: null }
  } catch (error) {
    const { failure } = toFailed(error, { call, now: now() })
    const until = failure.kind === 'busy' ? failure.until : now() + refusedFor
    const cause = failure.kind === 'refused' ? `${failure.cause}; ${failure.remedy}` : failure.cause
    if (failure.kind === 'refused' && statusOf(error) === 403) return { ...keep(reports, { until, cause }), away: null }
    if (isAboutSome(error) && reports.length > 1) return halve(delivery, reports)
    if (isAboutSome(error) && failure.kind === 'busy') return { ...keep(reports, { until, cause }), away: null }
    if (isAboutSome(error) || isOurFault(failure)) {
      return { graded: reports.map(({ key }) => ({ key, grade: { kind: 'not-reported', cause } })), away: null }
    }
    return keep(reports, { until, cause })
  }
}

function keep(reports: readonly Report[], away: { readonly until: number; readonly cause: string }): Delivered {
  return { graded: reports.map(({ key }) => ({ key, grade: { kind: 'kept', ...away } })), away }
}

async function halve(delivery: Delivery, reports: readonly Report[]): Promise<Delivered> {
  const middle = Math.ceil(reports.length / 2)
  const one = await deliver(delivery, reports.slice(0, middle))
  const rest = reports.slice(middle)
  const other = one.away === null ? await deliver(delivery, rest) : keep(rest, one.away)
  return { graded: [...one.graded, ...other.graded], away: other.away }
}

/** Other reports of the same request may fare better: something in it is wrong or too large, or one issue is over its limit. */
function isAboutSome(error: unknown): boolean {
  if (!(error instanceof JiraTrouble) || error.trouble.kind === 'lost') return false
  const { status, perIssue } = error.trouble
  return status === 400 || status === 413 || (status === 429 && perIssue)
}

/** An answer, or an error, that nobody expected: sending the same again would bring the same. */
function isOurFault(failure: Failure): boolean {
  return failure.kind === 'bug'
}

function statusOf(error: unknown): number | null {
  return error instanceof JiraTrouble && error.trouble.kind === 'answered' ? error.trouble.status : null
}
