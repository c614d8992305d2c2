import type { PullBeside } from '../model/line.ts'
import { absent, found, type Lookup } from '../model/lookup.ts'
import { child, childOrNull, integer, isJson, type Json, list, text, textOrNull, truth } from './json.ts'
import { parseActor } from './parse-account.ts'
import { type ChecksPage, parseChecks } from './parse-checks.ts'

/** `WaybillPullBeside`, with the first page of its head's checks; null where GitHub does not list the head. */
export type PullRead = Omit<PullBeside, 'checks'> & { readonly page: ChecksPage | null }

/** The pull request that was asked for under `key`; `ownId` is our App's. */
export function parsePullBeside(repository: Json, key: string, ownId: number): Lookup<PullRead> {
  const json = childOrNull(repository, key)
  if (json === null) return absent
  const headSha = text(json, 'headRefOid')
  const last = list(child(json, 'commits'), 'nodes')[0]
  const listed = isJson(last) ? child(last, 'commit') : null
  const commit = listed?.['oid'] === headSha ? listed : null
  const page = commit === null ? null : parseChecks(commit, ownId)
  const state = text(json, 'state')
  return found({
    number: integer(json, 'number'),
    title: text(json, 'title'),
    url: text(json, 'url'),
    author: parseActor(json, 'author'),
    branch: text(json, 'headRefName'),
    headSha,
    isFork: truth(json, 'isCrossRepository'),
    state: state === 'OPEN' ? 'open' : state === 'MERGED' ? 'merged' : 'closed',
    gate: page === null || commit === null ? null : gateOf(commit, page),
    page,
  })
}

function gateOf(commit: Json, { posted }: ChecksPage): PullBeside['gate'] {
  const newest = posted.filter((run) => run.name === 'waybill/gate').toSorted((a, b) => b.runId - a.runId)[0]
  if (newest === undefined) return null
  const suites = childOrNull(commit, 'gate')
  const runs = (suites === null ? [] : nodesOf(suites)).flatMap((suite) => nodesOf(child(suite, 'checkRuns')))
  const run = runs.find((node) => node['databaseId'] === newest.runId)
  if (run === undefined) return { conclusion: newest.conclusion, title: '', next: null }
  const [, next = null] = /^\*\*Next:\*\* (.+)$/m.exec(textOrNull(run, 'summary') ?? '') ?? []
  return { conclusion: newest.conclusion, title: textOrNull(run, 'title') ?? '', next }
}

function nodesOf(page: Json): readonly Json[] {
  return list(page, 'nodes').filter(isJson)
}
