import { Failed } from '../model/failure.ts'
import type { Ref, Repository } from '../model/ref.ts'
import type { Listed, Listing, Seen } from '../model/seen.ts'
import { type OfDefault, readDefaultConfiguration } from './default-configuration.ts'
import { connection, integer, type Json, text } from './json.ts'
import { keep } from './known.ts'
import { listWaitingRuns } from './list-waiting-runs.ts'
import type { Octokit } from './octokit.ts'
import { type GlanceAt, parseBranchGlance, parseLineGlance, parsePullGlance } from './parse-glance.ts'
import { branchesOf, gatedOf, queuesOf } from './read-commit.ts'
import { missing, parseRepository, type Reader } from './reader.ts'
import { refsPerPage, refsQuery } from './refs-query.ts'
import { type QueryAnswer, runQuery } from './run-query.ts'

/** Pages of pull requests and branches; a repository with more is an error rather than half a sweep. */
const mostPages = 200

/** The smallest page. */
const fewest = 10

/**
 * The repository's line, its open pull requests and its branches without one, each with what GitHub shows of it; one
 * query for every 50. Nothing where there is no configuration file.
 */
export async function listSubjects(reader: Reader, repository: Repository): Promise<Listing> {
  const octokit = await reader.octokitFor(repository.installationId)
  const pulls: Glanced[] = []
  const branches: Glanced[] = []
  let first: FirstPage | null = null
  let next: Next | null = { pulls: null, branches: null, withPulls: true, withBranches: true, withLine: true }
  for (let pages = 0; pages < mostPages; pages++) {
    const answer = await readPage(octokit, { reader, repository }, next)
    const found = parseRepository(answer, repository)
    if (found.kind !== 'found') return nothing
    const line = lineOf(await readDefaultConfiguration(reader, { octokit, repository }, answer))
    if (line === null) return nothing
    const at = { answer: answer.data, ownId: reader.app.id }
    first ??= { repository: found.value, at }
    const page = parsePage(found.value, next, at)
    pulls.push(...page.pulls)
    branches.push(...page.branches)
    next = page.next
    if (next === null) {
      const runs = await waitingRuns(reader, repository, line)
      const seen = parseLineGlance(first.repository, first.at, { branch: line.branch, pulls: numbersOf(pulls) })
      const all = [...subjects(repository, { line: { ...line, seen }, pulls, branches }), ...runs.map(unseen)]
      return { subjects: all, branches: branches.map(({ json }) => text(json, 'name')) }
    }
  }
  const cause = `more than ${mostPages * refsPerPage} branches or pull requests`
  throw new Failed({ kind: 'bug', call: 'WaybillRefs', cause })
}

const nothing: Listing = { subjects: [], branches: [] }

/** Where the next page begins, and which sides are left. */
type Next = {
  readonly pulls: string | null
  readonly branches: string | null
  readonly withPulls: boolean
  readonly withBranches: boolean
  readonly withLine: boolean
}
type Glanced = { readonly json: Json; readonly seen: Seen | null }

/** Where GitHub can't finish a page in its time, the next try asks for half. */
async function readPage(
  octokit: Octokit,
  { reader, repository }: { readonly reader: Reader; readonly repository: Repository },
  next: Next,
): Promise<QueryAnswer> {
  const { owner, name, id } = repository
  const { pageSizes } = reader.known
  const size = pageSizes.get(String(id)) ?? refsPerPage
  const variables = { owner, name, ...next, size }
  try {
    return await runQuery(octokit, { name: 'WaybillRefs', text: refsQuery, variables, mayMiss: missing() })
  } catch (error) {
    if (error instanceof Failed && error.failure.kind === 'busy') {
      keep(pageSizes, String(id), Math.max(fewest, Math.floor(size / 2)))
    }
    throw error
  }
}

type Page = { readonly pulls: readonly Glanced[]; readonly branches: readonly Glanced[]; readonly next: Next | null }

function parsePage(json: Json, { withPulls, withBranches }: Next, at: GlanceAt): Page {
  const pulls = withPulls ? connection(json, 'pullRequests') : null
  const branches = withBranches ? connection(json, 'refs') : null
  const after = { pulls: pulls?.next ?? null, branches: branches?.next ?? null }
  return {
    pulls: (pulls?.nodes ?? []).map((one) => ({ json: one, seen: parsePullGlance(one, at) })),
    branches: (branches?.nodes ?? []).map((one) => ({ json: one, seen: parseBranchGlance(one, at) })),
    next:
      after.pulls === null && after.branches === null
        ? null
        : { ...after, withPulls: after.pulls !== null, withBranches: after.branches !== null, withLine: false },
  }
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

type FirstPage = { readonly repository: Json; readonly at: GlanceAt }

function numbersOf(pulls: readonly Glanced[]): readonly number[] {
  return pulls.map(({ json }) => integer(json, 'number'))
}

type Found = {
  readonly line: Line & { readonly seen: Seen | null }
  readonly pulls: readonly Glanced[]
  readonly branches: readonly Glanced[]
}

function subjects(repository: Repository, { line, pulls, branches }: Found): readonly Listed[] {
  const own = pulls.filter(({ json }) => json['isCrossRepository'] === false)
  const heads = new Set(own.map(({ json }) => json['headRefName']))
  const named = branches.map(({ json, seen }) => ({ name: text(json, 'name'), seen }))
  const free = named.filter(({ name }) => !heads.has(name) && !line.gated.includes(name))
  const names = named.map(({ name }) => name)
  return [
    { ref: { kind: 'line', repository, branch: line.branch }, seen: line.seen },
    ...pulls.map(
      ({ json, seen }): Listed => ({ ref: { kind: 'pull', repository, number: integer(json, 'number') }, seen }),
    ),
    ...free.flatMap(({ name, seen }) => branchesOf(repository, [name]).map((ref) => ({ ref, seen }))),
    ...queuesOf(repository, names).map(unseen),
  ]
}

/** What is looked at each time: a glance would cost as much. */
function unseen(ref: Ref): Listed {
  return { ref, seen: null }
}
