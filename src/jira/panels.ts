import type { Client } from 'jira.js/core'
import type { Graded } from '../model/grade.ts'
import type { Report } from '../model/report.ts'
import type { Delivered } from '../reconcile/world/issues.ts'
import { type Delivery, deliver, halvesOf, keep, keepOnly, type Outcome, refusedFor } from './deliver.ts'
import { issueKey } from './issue-key.ts'
import type { Send } from './send.ts'
import { sendBuilds } from './send-builds.ts'
import { sendDeployments } from './send-deployments.ts'
import { sendDevinfo } from './send-devinfo.ts'
import { sendGone } from './send-gone.ts'

export type PanelsOptions = {
  readonly client: Client
  /** ms, UTC */
  readonly now: () => number
}

/** Jira takes 100 builds or deployments in one request, and 400 commits: a branch brings ten. */
const mostInRequest = 100
const mostBranches = 40

/** One API that fails while others answer is asked again after this (ms). */
const failedFor = 300_000

/**
 * Tells Jira's panels, and grades each report. What Jira refuses, or fails at, stops nothing else, and an API that the
 * credentials may not use, or that does not answer, only its own reports. When Jira is away, or does not accept the
 * credentials, the rest is kept unsent. Sending the same again changes nothing.
 */
export function createPanels({ client, now }: PanelsOptions): (reports: readonly Report[]) => Promise<Delivered> {
  return async (reports) => {
    const sendable = reports.filter(({ issueKeys }) => issueKeys.some((key) => issueKey.test(key)))
    const keyless = reports.filter((one) => !sendable.includes(one))
    const graded: Graded[] = keyless.map(({ key }) => {
      return { key, grade: { kind: 'not-reported', cause: 'it names no issue key' } }
    })
    const requests = apis.flatMap(({ call, send, takes, most }) => {
      const own = sendable.map((one) => outdated(one, now())).filter(takes)
      return chunks(own.map(withKeysOnly), most).map((some) => ({ client, now, call, send, some }))
    })
    let away: Delivered['away'] = null
    let answered = false
    const failed: Failing[] = []
    for (const request of requests) {
      const outcome: Outcome = away === null ? await deliver(request, request.some) : keep(request.some, away)
      if (outcome.doubtful && outcome.away !== null) failed.push({ request, away: outcome.away })
      else graded.push(...outcome.graded)
      answered ||= outcome.away === null
      // Two that fail, and none that does not: Jira itself is away.
      away = outcome.doubtful && (answered || failed.length < 2) ? null : (outcome.away ?? away)
    }
    for (const { request, away: cause } of failed) {
      const outcome: Outcome =
        away === null ? await isolate({ ...request, cause, answered }, request.some) : keep(request.some, away)
      graded.push(...outcome.graded)
      away = outcome.away ?? away
    }
    return { graded, away }
  }
}

type Failing = {
  readonly request: Delivery & { readonly some: readonly Report[] }
  readonly away: NonNullable<Delivered['away']>
}

type Isolation = Delivery & {
  readonly cause: NonNullable<Delivered['away']>
  /** Jira answers others. */
  readonly answered: boolean
}

/** Jira failed at these: is it away, or is one of them what it fails at? Where one half fares better, the other is looked into. */
async function isolate(isolation: Isolation, reports: readonly Report[]): Promise<Outcome> {
  const { now, cause, answered } = isolation
  const whole = answered ? keepOnly(reports, { ...cause, until: now() + failedFor }) : keep(reports, cause)
  if (reports.length < 2) return answered ? keepOnly(reports, { ...cause, until: now() + refusedFor }) : whole
  const halves = halvesOf(reports)
  const first = await deliver(isolation, halves[0])
  if (first.away !== null && !first.doubtful) return keep(reports, first.away)
  const second = await deliver(isolation, halves[1])
  if (second.away !== null && !second.doubtful)
    return { ...keep(reports, second.away), graded: [...first.graded, ...second.graded] }
  if (first.doubtful && second.doubtful) return whole
  const better = { ...isolation, answered: true }
  const one = first.doubtful ? await isolate(better, halves[0]) : first
  const other = second.doubtful ? await isolate(better, halves[1]) : second
  return { graded: [...one.graded, ...other.graded], away: one.away ?? other.away, doubtful: false }
}

const devinfo = { call: 'POST /jira/devinfo/0.1/bulk', send: sendDevinfo }
const builds = { call: 'POST /jira/builds/0.1/bulk', send: sendBuilds }
const deployments = { call: 'POST /jira/deployments/0.1/bulk', send: sendDeployments }

type Api = {
  readonly call: string
  readonly send: Send
  readonly takes: (report: Report) => boolean
  /** In one request. */
  readonly most: number
}

/**
 * Branches apart: they carry commits, whose messages Jira would obey. The past apart: it sets nothing off. What is to be
 * forgotten comes last.
 */
const apis: readonly Api[] = [
  { ...devinfo, most: mostBranches, takes: ({ body, sending }) => body.kind === 'branch' && sending !== 'backfill' },
  { ...devinfo, most: mostInRequest, takes: ({ body, sending }) => body.kind === 'pull' && sending !== 'backfill' },
  {
    ...devinfo,
    most: mostBranches,
    takes: ({ body, sending }) => sending === 'backfill' && (body.kind === 'branch' || body.kind === 'pull'),
  },
  { ...builds, most: mostInRequest, takes: ({ body }) => body.kind === 'build' },
  { ...deployments, most: mostInRequest, takes: ({ body }) => body.kind === 'deployment' },
  { call: 'DELETE /jira', send: sendGone, most: mostInRequest, takes: ({ body }) => body.kind === 'gone' },
]

/** What is told so late (ms), since the panels could not be told before, is of the past: it sets nothing off any more. */
const recent = 24 * 3_600_000

function outdated(report: Report, now: number): Report {
  const { body, sending } = report
  return body.kind === 'pull' && sending === 'normal' && now - body.pull.updatedAt > recent
    ? { ...report, sending: 'backfill' }
    : report
}

function withKeysOnly(report: Report): Report {
  return { ...report, issueKeys: report.issueKeys.filter((key) => issueKey.test(key)) }
}

function chunks(reports: readonly Report[], most: number): readonly (readonly Report[])[] {
  const starts = Array.from({ length: Math.ceil(reports.length / most) }, (_, n) => n * most)
  return starts.map((start) => reports.slice(start, start + most))
}
