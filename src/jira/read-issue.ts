import type { Client } from 'jira.js/core'
import type { Issue } from '../model/issue.ts'
import { absent, found, unknown } from '../model/lookup.ts'
import type { Issues } from '../reconcile/world/issues.ts'
import { causeOf, clock, waitUntil } from './failures.ts'
import { issueKey } from './issue-key.ts'
import { objectOf } from './json.ts'
import { getIssue } from './library.ts'
import { JiraTrouble } from './trouble.ts'

/** What was found, by the key that was asked for, with the time it was read (ms, UTC). */
export type SeenIssues = Map<string, { readonly issue: Issue; readonly at: number }>

export type IssueReaderOptions = {
  readonly seen: SeenIssues
  readonly client: Client
  /** Without a slash at the end. */
  readonly site: string
  /** ms, UTC */
  readonly now: () => number
  /** Told once when Jira refuses the account itself, and again only after it was let in. */
  readonly refused: (cause: string) => void
}

/**
 * Reads issues, and never rejects. A moved issue is found under the key it has now. Absent is only what Jira itself says is not there
 * (or not visible to the account: it does not tell the two apart); whatever else comes is unknown. After a 429 nothing is asked until
 * Jira's time is up: for that issue where the limit was the issue's own, else for all. What was found is remembered for
 * those to whom an older answer is good enough.
 */
export function createIssueReader(options: IssueReaderOptions): Issues['readIssue'] {
  const { client, site, now, refused, seen } = options
  const quiet = new Map<string, number>()
  let isRefused = false

  return async (given, within = 0) => {
    const key = given.toUpperCase()
    // No path is built of what is not a key.
    if (!issueKey.test(key)) return absent
    const last = seen.get(key)
    if (last !== undefined && within > 0 && now() - last.at <= within) return found(last.issue)
    seen.delete(key)
    const until = Math.max(quiet.get(everyIssue) ?? 0, quiet.get(key) ?? 0)
    if (until > now()) return unknown(`Jira asks to wait until ${clock(until)} UTC (429)`)
    try {
      const answer: unknown = await getIssue(client, { issueIdOrKey: key, fields: ['summary', 'status', 'issuetype'] })
      isRefused = false
      const issue = parseIssue(answer, site)
      if (issue === null) return unknown(causeOf(null, now()))
      seen.set(key, { issue, at: now() })
      // The one that was read longest ago makes room.
      for (const oldest of seen.size > mostSeen ? seen.keys().take(1) : []) seen.delete(oldest)
      return found(issue)
    } catch (error) {
      if (isAbsence(error)) return absent
      for (const [one, end] of quiet) if (end <= now()) quiet.delete(one)
      if (error instanceof JiraTrouble && error.trouble.kind === 'answered' && error.trouble.status === 429) {
        quiet.set(error.trouble.perIssue ? key : everyIssue, waitUntil(error.trouble, now()))
      }
      if (isRefusal(error) && !isRefused) refused(causeOf(error, now()))
      isRefused ||= isRefusal(error)
      return unknown(causeOf(error, now()))
    }
  }
}

const everyIssue = ''

/** How many issues are remembered. */
export const mostSeen = 5000

function isRefusal(error: unknown): boolean {
  return error instanceof JiraTrouble && error.trouble.kind === 'answered' && error.trouble.status === 401
}

function isAbsence(error: unknown): boolean {
  return error instanceof JiraTrouble && error.trouble.kind === 'answered' && error.trouble.absence
}

/** An issue as Jira answers it; null where something of it is missing. */
export function parseIssue(answer: unknown, site: string): Issue | null {
  const { key, fields } = objectOf(answer)
  const { summary, status, issuetype } = objectOf(fields)
  const { name, statusCategory } = objectOf(status)
  const { key: category } = objectOf(statusCategory)
  const { name: type } = objectOf(issuetype)
  if (typeof key !== 'string' || !issueKey.test(key)) return null
  if (typeof summary !== 'string' || typeof name !== 'string' || typeof type !== 'string') return null
  if (typeof category !== 'string') return null
  return { key, summary, status: name, done: category === 'done', type, url: `${site}/browse/${key}` }
}
