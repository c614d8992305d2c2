import type { AuditedDeployment, AuditedMerge } from '../model/audited.ts'
import type { Period } from '../model/period.ts'
import type { Repository } from '../model/ref.ts'
import { auditedLineQuery } from './audited-query.ts'
import { at, callRest } from './call-rest.ts'
import { isMergedInto } from './is-merged-into.ts'
import { child, childOrNull, connection, integer, isJson, type Json, list, text, textOrNull, time } from './json.ts'
import type { Octokit } from './octokit.ts'
import { gateState } from './parse-gate.ts'
import { runQuery } from './run-query.ts'

/** What reached a branch since `from`, newest first, each pull request once; one query for every 50 commits. */
export async function readAuditedLine(
  octokit: Octokit,
  repository: Repository,
  { branch, from, appId }: { readonly branch: string; readonly from: number; readonly appId: number },
): Promise<readonly AuditedMerge[]> {
  const { owner, name } = repository
  const since = Number.isFinite(from) ? new Date(from).toISOString() : null
  const nodes = new Map<string, Json>()
  let head = ''
  for (let after: string | null = null; ; ) {
    const variables = { owner, name, ref: `refs/heads/${branch}`, since, after, app: appId }
    const { data } = await runQuery(octokit, { name: 'WaybillAuditedLine', text: auditedLineQuery, variables })
    const ref = childOrNull(child(data, 'repository'), 'ref')
    if (ref === null) return []
    const target = child(ref, 'target')
    if (after === null) head = text(target, 'oid')
    const page = connection(target, 'history')
    for (const node of page.nodes) nodes.set(text(node, 'oid'), node)
    if (page.next === null) return firstParents(nodes, head, branch)
    after = page.next
  }
}

/** Deployments to one environment since `from`, newest first. */
export async function readAuditedDeployments(
  octokit: Octokit,
  repository: Repository,
  of: { readonly environment: string; readonly period: Period; readonly slug: string },
): Promise<readonly AuditedDeployment[]> {
  const deployments: AuditedDeployment[] = []
  for (let page = 1; ; page++) {
    const { data } = await callRest(octokit, {
      route: 'GET /repos/{owner}/{repo}/deployments',
      parameters: { ...at(repository), environment: of.environment, per_page: 100, page },
    })
    const all = Array.isArray(data) ? data.filter(isJson) : []
    deployments.push(...all.map((json) => parseAudited(json, of)))
    const oldest = deployments.at(-1)?.at ?? 0
    if (all.length < 100 || oldest < of.period.from) return deployments
  }
}

function firstParents(nodes: ReadonlyMap<string, Json>, head: string, branch: string): readonly AuditedMerge[] {
  const merges: AuditedMerge[] = []
  const seen = new Set<number>()
  for (let node = nodes.get(head); node !== undefined; ) {
    const merge = parseMerge(node, branch)
    if (merge.pull === null || !seen.has(merge.pull.number)) merges.push(merge)
    if (merge.pull !== null) seen.add(merge.pull.number)
    const parent = list(child(node, 'parents'), 'nodes')[0]
    node = isJson(parent) ? nodes.get(text(parent, 'oid')) : undefined
  }
  return merges
}

function parseMerge(json: Json, branch: string): AuditedMerge {
  const sha = text(json, 'oid')
  const { nodes } = connection(json, 'associatedPullRequests')
  const merged = nodes.filter((node) => isMergedInto(node, branch, sha))
  const own = merged.find((node) => childOrNull(node, 'mergeCommit')?.['oid'] === sha) ?? merged[0]
  const author = childOrNull(json, 'author')
  const user = author === null ? null : childOrNull(author, 'user')
  const mergedBy = own === undefined ? null : childOrNull(own, 'mergedBy')
  const named = mergedBy ?? user
  return {
    sha,
    at: time(json, 'committedDate'),
    pull:
      own === undefined
        ? null
        : { number: integer(own, 'number'), heads: [text(own, 'headRefOid'), sha], gate: gateState(own) },
    by: named === null ? (author === null ? null : textOrNull(author, 'name')) : text(named, 'login'),
  }
}

function parseAudited(json: Json, { environment, slug }: { readonly environment: string; readonly slug: string }) {
  const creator = childOrNull(json, 'creator')
  const login = creator === null ? null : text(creator, 'login')
  return {
    id: integer(json, 'id'),
    environment,
    ref: text(json, 'ref'),
    sha: text(json, 'sha'),
    at: time(json, 'created_at'),
    by: login,
    isOurs: login === `${slug}[bot]`,
    isRecord: login === 'github-actions[bot]',
  }
}
