import { Failed } from '../model/failure.ts'
import type { Ref, Repository } from '../model/ref.ts'
import { type OfDefault, readDefaultConfiguration } from './default-configuration.ts'
import { connection, integer, type Json, text } from './json.ts'
import { listWaitingRuns } from './list-waiting-runs.ts'
import { branchesOf, gatedOf, queuesOf } from './read-commit.ts'
import { missing, parseRepository, type Reader } from './reader.ts'
import { refsQuery } from './refs-query.ts'
import { runQuery } from './run-query.ts'

/** Pages of 100 pull requests and 100 branches; a repository with more is an error rather than half a sweep. */
const mostPages = 100

/**
 * The repository's line, its open pull requests and its branches without one; one query for every 100. Nothing where
 * there is no configuration file.
 */
export async function listRefs(reader: Reader, repository: Repository): Promise<readonly Ref[]> {
  const octokit = await reader.octokitFor(repository.installationId)
  const { owner, name } = repository
  const pulls: Json[] = []
  const branches: string[] = []
  let after: { readonly pulls: string | null; readonly branches: string | null } = { pulls: null, branches: null }
  let parts = { withPulls: true, withBranches: true }
  for (let pages = 0; pages < mostPages; pages++) {
    const variables = { owner, name, ...after, ...parts }
    const answer = await runQuery(octokit, { name: 'WaybillRefs', text: refsQuery, variables, mayMiss: missing() })
    const found = parseRepository(answer, repository)
    if (found.kind !== 'found') return []
    const line = lineOf(await readDefaultConfiguration(reader, { octokit, repository }, answer))
    if (line === null) return []
    const pullPage = parts.withPulls ? connection(found.value, 'pullRequests') : null
    const branchPage = parts.withBranches ? connection(found.value, 'refs') : null
    pulls.push(...(pullPage?.nodes ?? []))
    branches.push(...(branchPage?.nodes ?? []).map((node) => text(node, 'name')))
    after = { pulls: pullPage?.next ?? null, branches: branchPage?.next ?? null }
    parts = { withPulls: after.pulls !== null, withBranches: after.branches !== null }
    if (!parts.withPulls && !parts.withBranches) {
      return [...subjects(repository, { line, pulls, branches }), ...(await waitingRuns(reader, repository, line))]
    }
  }
  throw new Failed({
    kind: 'bug',
    call: 'WaybillRefs',
    cause: `more than ${mostPages * 100} branches or pull requests`,
  })
}

/** Without the permission to read them there is no sweep of runs; everything else is swept all the same. */
async function waitingRuns(reader: Reader, repository: Repository, line: Line): Promise<readonly Ref[]> {
  if (!line.deploys) return []
  try {
    const octokit = await reader.octokitFor(repository.installationId)
    return await listWaitingRuns(octokit, { repository, branch: line.branch })
  } catch (error) {
    if (!(error instanceof Failed) || error.failure.kind === 'busy') throw error
    reader.log.warn({ repository: repository.id, cause: error.failure.cause }, 'runs that wait are not swept')
    return []
  }
}

type Line = {
  readonly branch: string
  readonly gated: readonly string[]
  /** Environments are configured, or the file can't be read now. */
  readonly deploys: boolean
}

/** Null: nothing is configured here. */
function lineOf({ config, defaultBranch }: OfDefault): Line | null {
  if (config.kind === 'absent' || defaultBranch === '') return null
  const gated = gatedOf(config, defaultBranch)
  const deploys = config.kind !== 'valid' || config.config.environments.length > 0
  return { branch: gated[0] ?? defaultBranch, gated, deploys }
}

function subjects(
  repository: Repository,
  {
    line,
    pulls,
    branches,
  }: { readonly line: Line; readonly pulls: readonly Json[]; readonly branches: readonly string[] },
): readonly Ref[] {
  const heads = new Set(pulls.filter((pull) => pull['isCrossRepository'] === false).map((pull) => pull['headRefName']))
  const free = branches.filter((name) => !heads.has(name) && !line.gated.includes(name))
  return [
    { kind: 'line', repository, branch: line.branch },
    ...pulls.map((pull): Ref => ({ kind: 'pull', repository, number: integer(pull, 'number') })),
    ...branchesOf(repository, free),
    ...queuesOf(repository, branches),
  ]
}
