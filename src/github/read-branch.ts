import type { Account } from '../model/account.ts'
import type { BranchFacts, BranchHead, PushedCommit } from '../model/branch.ts'
import { type ConfigRead, gatedBranches } from '../model/config-read.ts'
import { Failed } from '../model/failure.ts'
import { seenOfBranch } from '../model/glance.ts'
import { found, type Lookup } from '../model/lookup.ts'
import type { BranchRef } from '../model/ref.ts'
import { branchesQuery, branchQuery, onBranchQuery } from './branch-query.ts'
import { at, callRest } from './call-rest.ts'
import { readDefaultConfiguration } from './default-configuration.ts'
import { filesInForce } from './files-in-force.ts'
import { child, childOrNull, connection, integer, isJson, type Json, text, textOrNull, time } from './json.ts'
import type { Octokit } from './octokit.ts'
import { parseRestAccount } from './parse-account.ts'
import { parseChecks } from './parse-checks.ts'
import { finishChecks } from './read-checks.ts'
import { missing, parseRepository, type Reader } from './reader.ts'
import { runQuery } from './run-query.ts'

/** Pages of 100 branches that are looked through for others at the same commit. */
const mostPages = 10

/**
 * One query for a branch. Further calls only for more than 100 branches, gated branches beside the default one, and
 * the pusher, where the name may be one that only bots are exempt for. `head: null`: the branch is gone.
 */
export async function readBranch(reader: Reader, ref: BranchRef): Promise<Lookup<BranchFacts>> {
  const { owner, name, installationId } = ref.repository
  const octokit = await reader.octokitFor(installationId)
  const variables = { owner, name, ref: `refs/heads/${ref.branch}`, head: ref.branch }
  const mayMiss = missing('ref', 'defaultBranchRef.compare')
  const answer = await runQuery(octokit, { name: 'WaybillBranch', text: branchQuery, variables, mayMiss })
  const repository = parseRepository(answer, ref.repository)
  if (repository.kind !== 'found') return repository
  const json = repository.value
  const { config, defaultBranch } = await readDefaultConfiguration(
    reader,
    { octokit, repository: ref.repository },
    answer,
  )
  const head = await readHead(octokit, { reader, ref, config }, json)
  return found({
    ref,
    repositoryUrl: text(json, 'url'),
    defaultBranch,
    config,
    head,
    seen:
      head === null
        ? null
        : seenOfBranch({ ...head, checks: head.checks.checks, files: filesInForce(answer.data, null) }),
  })
}

type Here = { readonly reader: Reader; readonly ref: BranchRef; readonly config: ConfigRead }

async function readHead(octokit: Octokit, here: Here, json: Json): Promise<BranchHead | null> {
  const { ref, reader } = here
  const branch = childOrNull(json, 'ref')
  const commit = branch === null ? null : childOrNull(branch, 'target')
  if (branch === null || commit === null || commit['__typename'] !== 'Commit') return null
  const sha = text(commit, 'oid')
  const on = { repository: ref.repository, sha, ownId: reader.app.id }
  const { checks, posted } = await finishChecks(octokit, on, parseChecks(commit, on.ownId))
  if (checks.kind !== 'found')
    throw new Failed({ kind: 'bug', call: 'WaybillBranch', cause: 'the checks were not all given' })
  return {
    ...parsePushed(commit),
    earlier: parseEarlier(json, sha),
    pushedAt: time(json, 'pushedAt'),
    pusher: await readPusher(octokit, here),
    openPulls: parseOpenPulls(branch, ref.branch),
    onLine: await isOnLine(octokit, here, json),
    siblings: await readSiblings(octokit, { ref, sha }, json),
    checks: checks.value,
    posted,
  }
}

function parsePushed(commit: Json): PushedCommit {
  const author = child(commit, 'author')
  return {
    sha: text(commit, 'oid'),
    message: text(commit, 'message'),
    author: { name: textOrNull(author, 'name') ?? '', email: textOrNull(author, 'email') ?? '' },
    committedAt: time(commit, 'committedDate'),
  }
}

function parseEarlier(json: Json, head: string): readonly PushedCommit[] {
  const defaultRef = childOrNull(json, 'defaultBranchRef')
  const compared = defaultRef === null ? null : childOrNull(defaultRef, 'compare')
  if (compared === null) return []
  const commits = connection(compared, 'commits').nodes.map(parsePushed)
  return commits.filter(({ sha }) => sha !== head).toReversed()
}

function parseOpenPulls(branch: Json, name: string): readonly number[] {
  return connection(branch, 'associatedPullRequests')
    .nodes.filter((node) => node['headRefName'] === name && node['isCrossRepository'] === false)
    .map((node) => integer(node, 'number'))
}

async function isOnLine(octokit: Octokit, { ref, config }: Here, json: Json): Promise<boolean> {
  const defaultRef = childOrNull(json, 'defaultBranchRef')
  if (defaultRef !== null && text(defaultRef, 'name') !== ref.branch && isAncestor(defaultRef)) return true
  if (config.kind !== 'valid' || defaultRef === null) return false
  const others = gatedBranches(config.config, '').filter((one) => one !== '' && one !== text(defaultRef, 'name'))
  for (const gated of others.filter((one) => one !== ref.branch)) {
    const { owner, name } = ref.repository
    const variables = { owner, name, ref: `refs/heads/${gated}`, head: ref.branch }
    const query = { name: 'WaybillOnBranch', text: onBranchQuery, variables, mayMiss: missing('ref', 'ref.compare') }
    const { data } = await runQuery(octokit, query)
    const line = childOrNull(child(data, 'repository'), 'ref')
    if (line !== null && isAncestor(line)) return true
  }
  return false
}

/** The comparison from a line's side: nothing ahead means that the line has it all. */
function isAncestor(line: Json): boolean {
  const compared = childOrNull(line, 'compare')
  return compared !== null && integer(compared, 'aheadBy') === 0
}

async function readSiblings(
  octokit: Octokit,
  { ref, sha }: { readonly ref: BranchRef; readonly sha: string },
  json: Json,
): Promise<BranchHead['siblings']> {
  const { owner, name } = ref.repository
  let page = connection(json, 'refs')
  const siblings = [...parseSiblings(page.nodes, ref.branch, sha)]
  for (let pages = 1; page.next !== null && pages < mostPages; pages++) {
    const variables = { owner, name, after: page.next }
    const { data } = await runQuery(octokit, { name: 'WaybillBranches', text: branchesQuery, variables })
    page = connection(child(data, 'repository'), 'refs')
    siblings.push(...parseSiblings(page.nodes, ref.branch, sha))
  }
  return siblings
}

function parseSiblings(nodes: readonly Json[], branch: string, sha: string): BranchHead['siblings'] {
  return nodes
    .filter((node) => node['name'] !== branch && childOrNull(node, 'target')?.['oid'] === sha)
    .map((node) => ({
      name: text(node, 'name'),
      hasOpenPull: integer(child(node, 'associatedPullRequests'), 'totalCount') > 0,
    }))
}

/** GitHub's activity list (docs.github.com/rest/repos/repos#list-repository-activities), newest first. */
async function readPusher(octokit: Octokit, { ref, config }: Here): Promise<Account | null> {
  if (config.kind !== 'valid' || !config.config.branches.exempt.some((glob) => mayMatch(glob, ref.branch))) return null
  const parameters = { ...at(ref.repository), ref: `refs/heads/${ref.branch}`, per_page: 1 }
  const { data } = await callRest(octokit, { route: 'GET /repos/{owner}/{repo}/activity', parameters })
  const newest: unknown = Array.isArray(data) ? data[0] : undefined
  const actor = isJson(newest) ? childOrNull(newest, 'actor') : null
  if (actor === null) return null
  return parseRestAccount(actor)
}

/** Could the pattern match at all? What stands before its first special character must stand there. */
function mayMatch(glob: string, branch: string): boolean {
  return branch.startsWith(glob.split(/[*?[{\\]/)[0] ?? '')
}
