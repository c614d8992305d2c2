import type { Client } from 'jira.js/core'
import type { Failed } from '../model/failure.ts'
import type { Report } from '../model/report.ts'
import type { RefusedReport } from '../reconcile/world.ts'
import { toFailed } from './failures.ts'
import { issueKey } from './issue-key.ts'
import type { Send } from './send.ts'
import { sendBuilds } from './send-builds.ts'
import { sendDeployments } from './send-deployments.ts'
import { sendDevinfo } from './send-devinfo.ts'
import { JiraTrouble } from './trouble.ts'

export type PanelsOptions = {
  readonly client: Client
  /** ms, UTC */
  readonly now: () => number
}

/** Jira takes 100 builds or deployments in one request. */
const mostInRequest = 100

/**
 * Tells Jira's panels. What Jira refuses of a request is found by halving it, so that one bad report stops no other; an issue that is
 * over its own limit makes only its own reports wait. An API that the credentials may not use refuses its reports for good. Rejects with
 * `Failed` when Jira is away, limits everything or does not accept the credentials; sending the same again changes nothing.
 */
export function createPanels({
  client,
  now,
}: PanelsOptions): (reports: readonly Report[]) => Promise<readonly RefusedReport[]> {
  return async (reports) => {
    const sendable = reports.filter(({ issueKeys }) => issueKeys.some((key) => issueKey.test(key)))
    const keyless = reports.filter((one) => !sendable.includes(one))
    const refused = keyless.map(({ key }): RefusedReport => ({ key, cause: 'it names no issue key' }))
    const limited: Failed[] = []
    for (const { call, send, kinds } of apis) {
      const own = sendable.filter(({ body }) => kinds.includes(body.kind)).map(withKeysOnly)
      for (const some of chunks(own)) {
        const outcome = await deliver({ client, now, call, send }, some)
        refused.push(...outcome.refused)
        limited.push(...outcome.limited)
      }
    }
    const latest = limited.toSorted((one, other) => endOf(other) - endOf(one))[0]
    if (latest !== undefined) throw latest
    return refused
  }
}

type Api = {
  readonly call: string
  readonly send: Send
  readonly kinds: readonly Report['body']['kind'][]
}

const apis: readonly Api[] = [
  { call: 'POST /jira/devinfo/0.1/bulk', send: sendDevinfo, kinds: ['branch', 'pull'] },
  { call: 'POST /jira/builds/0.1/bulk', send: sendBuilds, kinds: ['build'] },
  { call: 'POST /jira/deployments/0.1/bulk', send: sendDeployments, kinds: ['deployment'] },
]

function withKeysOnly(report: Report): Report {
  return { ...report, issueKeys: report.issueKeys.filter((key) => issueKey.test(key)) }
}

function chunks(reports: readonly Report[]): readonly (readonly Report[])[] {
  const starts = Array.from({ length: Math.ceil(reports.length / mostInRequest) }, (_, n) => n * mostInRequest)
  return starts.map((start) => reports.slice(start, start + mostInRequest))
}

type Outcome = { readonly refused: readonly RefusedReport[]; readonly limited: readonly Failed[] }
type Delivery = PanelsOptions & Pick<Api, 'call' | 'send'>

async function deliver(delivery: Delivery, reports: readonly Report[]): Promise<Outcome> {
  const { client, now, call, send } = delivery
  try {
    return { refused: await send(client, reports), limited: [] }
  } catch (error) {
    const failed = toFailed(error, { call, now: now() })
    const { failure } = failed
    if (failure.kind === 'refused' && statusOf(error) === 403) {
      const cause = `${failure.cause}; ${failure.remedy}`
      return { refused: reports.map(({ key }) => ({ key, cause })), limited: [] }
    }
    if (!isAboutSome(error)) throw failed
    if (reports.length > 1) return halve(delivery, reports)
    if (failure.kind === 'busy') return { refused: [], limited: [failed] }
    return { refused: reports.map(({ key }) => ({ key, cause: failure.cause })), limited: [] }
  }
}

async function halve(delivery: Delivery, reports: readonly Report[]): Promise<Outcome> {
  const middle = Math.ceil(reports.length / 2)
  const one = await deliver(delivery, reports.slice(0, middle))
  const other = await deliver(delivery, reports.slice(middle))
  return { refused: [...one.refused, ...other.refused], limited: [...one.limited, ...other.limited] }
}

/** Other reports of the same request may fare better: something in it is wrong or too large, or one issue is over its limit. */
function isAboutSome(error: unknown): boolean {
  if (!(error instanceof JiraTrouble) || error.trouble.kind === 'lost') return false
  const { status, perIssue } = error.trouble
  return status === 400 || status === 413 || (status === 429 && perIssue)
}

function statusOf(error: unknown): number | null {
  return error instanceof JiraTrouble && error.trouble.kind === 'answered' ? error.trouble.status : null
}

function endOf({ failure }: Failed): number {
  return failure.kind === 'busy' ? failure.until : 0
}
