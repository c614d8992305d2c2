import { type CheckGlance, seenOfBranch, seenOfLine, seenOfPull } from '../model/glance.ts'
import type { PullFacts } from '../model/pull.ts'
import type { Seen } from '../model/seen.ts'
import { filesInForce } from './files-in-force.ts'
import {
  child,
  childOrNull,
  connection,
  integer,
  isJson,
  type Json,
  list,
  text,
  textOrNull,
  time,
  truth,
} from './json.ts'
import { parseMergeable, parseReviewDecision } from './parse-pull.ts'

/** A page of `WaybillRefs`, and our own App's id. */
export type GlanceAt = { readonly answer: Json; readonly ownId: number }

/** A pull request of the page; null where the page does not show all of it, or somebody asked for our checks again. */
export function parsePullGlance(json: Json, { answer, ownId }: GlanceAt): Seen | null {
  const last = list(child(json, 'head'), 'nodes')[0]
  const commit = isJson(last) ? child(last, 'commit') : null
  const headSha = text(json, 'headRefOid')
  if (commit === null || commit['oid'] !== headSha) return null
  const checks = parseChecks(commit, ownId)
  const suites = parseSuites(commit, ownId)
  if (checks === null || suites === null) return null
  return seenOfPull({
    headSha,
    base: text(json, 'baseRefName'),
    draft: truth(json, 'isDraft'),
    mergeable: parseMergeable(text(json, 'mergeable')),
    reviewDecision: parseReviewDecision(json),
    updatedAt: time(json, 'updatedAt'),
    files: filesInForce(answer, childOrNull(json, 'baseRef')),
    checks,
    suites,
  })
}

/** The same out of what a pass read; null where not all that reported is known. */
export function seenInRead(
  json: Json,
  { answer, pull, checks }: { readonly answer: Json } & Pick<PullFacts, 'pull' | 'checks'>,
): Seen | null {
  if (checks.kind !== 'found') return null
  return seenOfPull({ ...pull, ...checks.value, files: filesInForce(answer, childOrNull(json, 'baseRef')) })
}

/** A branch of the page, by its commit. */
export function parseBranchGlance(json: Json, { answer, ownId }: GlanceAt): Seen | null {
  const commit = childOrNull(json, 'target')
  if (commit?.['__typename'] !== 'Commit') return null
  const checks = parseChecks(commit, ownId)
  return checks === null ? null : seenOfBranch({ sha: text(commit, 'oid'), checks, files: filesInForce(answer, null) })
}

/** What the first page shows of the default branch as a line; null where it is another, or its tip is not all shown. */
export function parseLineGlance(
  repository: Json,
  { answer, ownId }: GlanceAt,
  { branch, pulls }: { readonly branch: string; readonly pulls: readonly number[] },
): Seen | null {
  const ref = childOrNull(repository, 'defaultBranchRef')
  const commit = ref === null || ref['name'] !== branch ? null : childOrNull(ref, 'target')
  const checks = commit?.['__typename'] === 'Commit' ? parseChecks(commit, ownId) : null
  if (commit === null || checks === null) return null
  // Compared and never read: as GitHub words it.
  const made = ['tags', 'releases', 'deployments'].map((what) => JSON.stringify(child(repository, what)))
  return seenOfLine({ branch, headSha: text(commit, 'oid'), checks, files: filesInForce(answer, ref), made, pulls })
}

/** Without our own; null where there are more than the page shows. A run of ours that GitHub calls queued was asked for again. */
function parseChecks(commit: Json, ownId: number): readonly CheckGlance[] | null {
  const rollup = childOrNull(commit, 'statusCheckRollup')
  if (rollup === null) return []
  const { nodes, complete } = connection(rollup, 'contexts')
  const own = nodes.filter((node) => node['__typename'] === 'CheckRun' && appOf(child(node, 'checkSuite')) === ownId)
  if (!complete || own.some((run) => run['status'] === 'QUEUED')) return null
  return nodes.filter((node) => !own.includes(node)).map(parseCheck)
}

function parseCheck(node: Json): CheckGlance {
  if (node['__typename'] === 'StatusContext') {
    const word = text(node, 'state').toLowerCase()
    return { kind: 'status', id: time(node, 'createdAt'), name: text(node, 'context'), word }
  }
  const word = (textOrNull(node, 'conclusion') ?? text(node, 'status')).toLowerCase()
  return { kind: 'run', id: integer(node, 'databaseId'), name: text(node, 'name'), word }
}

function parseSuites(commit: Json, ownId: number) {
  if (childOrNull(commit, 'checkSuites') === null) return []
  const { nodes, complete } = connection(commit, 'checkSuites')
  if (!complete) return null
  return nodes
    .filter((suite) => appOf(suite) !== ownId)
    .map((suite) => ({ id: integer(suite, 'databaseId'), finished: text(suite, 'status') === 'COMPLETED' }))
}

function appOf(suite: Json): number {
  const app = childOrNull(suite, 'app')
  return app === null ? 0 : integer(app, 'databaseId')
}
