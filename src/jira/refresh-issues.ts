import type { Client } from 'jira.js/core'
import { issueKey } from './issue-key.ts'
import { listOf, objectOf } from './json.ts'
import { bulkFetchIssues } from './library.ts'
import { mostSeen, parseIssue, type SeenIssues } from './read-issue.ts'

/** Jira's limit for one request. */
const most = 100

export type RefreshOptions = {
  readonly client: Client
  /** Without a slash at the end. */
  readonly site: string
  readonly seen: SeenIssues
  /** ms, UTC */
  readonly now: () => number
}

/**
 * Reads issues anew, a hundred in one request, and answers the keys of which there is something new: another status than the one seen
 * last, a done one that was not seen at all, or nothing under its own key any more (moved, deleted, hidden; which of them, a look at the
 * one issue tells). Never rejects: of what can't be read nothing is new
 * (https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-bulkfetch-post).
 */
export function createRefresh(options: RefreshOptions): (issueKeys: readonly string[]) => Promise<readonly string[]> {
  const statuses = new Map<string, string>()
  return async (given) => {
    const keys = given.filter((key) => issueKey.test(key))
    const news: string[] = []
    for (let at = 0; at < keys.length; at += most) {
      const some = keys.slice(at, at + most)
      // What goes wrong with one request would go wrong with the next.
      const read = await refreshSome({ ...options, statuses }, some).catch(() => null)
      if (read === null) break
      news.push(...read)
    }
    return news
  }
}

type Refreshing = RefreshOptions & {
  /** As of the last time, whoever has seen the issue since. */
  readonly statuses: Map<string, string>
}

async function refreshSome(
  { client, site, seen, now, statuses }: Refreshing,
  keys: readonly string[],
): Promise<readonly string[]> {
  const fields = ['summary', 'status', 'issuetype']
  const answer: unknown = await bulkFetchIssues(client, { issueIdsOrKeys: [...keys], fields })
  const { issues, issueErrors } = objectOf(answer)
  if (!Array.isArray(issues)) return []
  const read = listOf(issues).flatMap((one) => parseIssue(one, site) ?? [])
  const failed = new Set(listOf(issueErrors).map((one) => String(objectOf(one)['id']).toUpperCase()))
  return keys.filter((key) => {
    const issue = read.find((one) => one.key === key)
    const last = statuses.get(key) ?? seen.get(key)?.issue.status
    seen.delete(key)
    statuses.delete(key)
    if (issue === undefined) return !failed.has(key)
    seen.set(key, { issue, at: now() })
    statuses.set(key, issue.status)
    for (const oldest of statuses.size > mostSeen ? statuses.keys().take(1) : []) statuses.delete(oldest)
    return last === undefined ? issue.done : last !== issue.status
  })
}
