import { type ConfigRead, gatedBranches } from '../model/config-read.ts'
import { queuedLine } from '../model/merge-queue.ts'
import type { CommitRef, Ref, Repository } from '../model/ref.ts'
import { commitQuery } from './commit-query.ts'
import { type OfDefault, readDefaultConfiguration } from './default-configuration.ts'
import { childOrNull, connection, integer, type Json, text } from './json.ts'
import { missing, parseRepository, type Reader } from './reader.ts'
import { runQuery } from './run-query.ts'

/**
 * One query: the open pull requests with this head, the branches without one that stand at it (among the first 100 of
 * the repository), and the lines it is on. Nothing where there is no configuration file.
 */
export async function readCommit(reader: Reader, ref: CommitRef): Promise<readonly Ref[]> {
  const { owner, name, installationId } = ref.repository
  const octokit = await reader.octokitFor(installationId)
  const variables = { owner, name, oid: ref.sha, head: ref.sha }
  const mayMiss = missing('object', 'defaultBranchRef.compare')
  const answer = await runQuery(octokit, { name: 'WaybillCommit', text: commitQuery, variables, mayMiss })
  const repository = parseRepository(answer, ref.repository)
  if (repository.kind !== 'found') return []
  const ofDefault = await readDefaultConfiguration(reader, { octokit, repository: ref.repository }, answer)
  return parseSubjects(repository.value, ref, ofDefault)
}

/** The subjects in an answer to `WaybillCommit`. */
function parseSubjects(
  json: Json,
  { repository, sha }: CommitRef,
  { config, defaultBranch }: OfDefault,
): readonly Ref[] {
  const defaultRef = childOrNull(json, 'defaultBranchRef')
  if (defaultRef === null) return []
  if (config.kind === 'absent') return []
  const gated = gatedOf(config, defaultBranch)
  const pulls = associated(json)
  const open = pulls.filter((pull) => pull['state'] === 'OPEN' && pull['headRefOid'] === sha)
  const heads = new Set(open.filter((pull) => pull['isCrossRepository'] === false).map((pull) => pull['headRefName']))
  const branches = connection(json, 'refs')
    .nodes.filter((node) => childOrNull(node, 'target')?.['oid'] === sha)
    .map((node) => text(node, 'name'))
  const compared = childOrNull(defaultRef, 'compare')
  const onDefault = compared !== null && integer(compared, 'aheadBy') === 0
  const lines = gated.filter((line) => {
    const merged = pulls.some(
      (pull) => pull['baseRefName'] === line && childOrNull(pull, 'mergeCommit')?.['oid'] === sha,
    )
    return merged || branches.includes(line) || (line === defaultBranch && onDefault)
  })
  return [
    ...open.map((pull): Ref => ({ kind: 'pull', repository, number: integer(pull, 'number') })),
    ...branchesOf(
      repository,
      branches.filter((name) => !gated.includes(name) && !heads.has(name)),
    ),
    ...lines.map((branch): Ref => ({ kind: 'line', repository, branch })),
    ...queuesOf(repository, branches),
  ]
}

function associated(json: Json): readonly Json[] {
  const commit = childOrNull(json, 'object')
  if (commit?.['__typename'] !== 'Commit' || childOrNull(commit, 'associatedPullRequests') === null) return []
  return connection(commit, 'associatedPullRequests').nodes
}

export function gatedOf(config: ConfigRead, defaultBranch: string): readonly string[] {
  return config.kind === 'valid' ? gatedBranches(config.config, defaultBranch) : [defaultBranch]
}

/** The merge queues that branches were made by. */
export function queuesOf(repository: Repository, branches: readonly string[]): readonly Ref[] {
  const lines = new Set(branches.flatMap((branch) => queuedLine(branch) ?? []))
  return [...lines].map((branch) => ({ kind: 'queue', repository, branch }))
}

/** A merge queue's own branches are its. */
export function branchesOf(repository: Repository, names: readonly string[]): readonly Ref[] {
  return names
    .filter((name) => !name.startsWith('gh-readonly-queue/'))
    .map((branch) => ({ kind: 'branch', repository, branch }))
}
