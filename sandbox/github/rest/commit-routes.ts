import { isAncestor, listCommits, mergeBase } from '../git/commits.ts'
import { resolveCommit } from '../git/refs.ts'
import { notFound } from '../refusal.ts'
import type { PullRequest } from '../state/pull-request.ts'
import type { Repository } from '../state/repository.ts'
import { ok, parameter, query, type RepositoryCall, type RepositoryRoutes } from './call.ts'
import { findCommit } from './find-commit.ts'
import { paginate } from './paginate.ts'
import { serializeCommit, serializeCommitWithFiles, serializeFiles } from './serialize-commit.ts'
import { serializeSimplePull } from './serialize-pull.ts'
import { repositoryPage, repositoryUrl } from './serialize-repository.ts'

const reads = { app: ['contents:read'], person: 'read' } as const

export const commitRoutes: RepositoryRoutes = {
  'GET /commits': { ...reads, handle: list },
  'GET /commits/{ref}': {
    ...reads,
    handle: async (call) => {
      const commit = await findCommit(call.repository, parameter(call, 'ref'))
      return ok(await serializeCommitWithFiles(call.state, call.repository, commit))
    },
  },
  'GET /commits/{commit_sha}/pulls': {
    app: ['pull_requests:read'],
    person: 'read',
    handle: async (call) => {
      const { sha } = await findCommit(call.repository, parameter(call, 'commit_sha'))
      const pulls = await pullsWith(call.repository, sha)
      return paginate(call, pulls, (pull) => serializeSimplePull(call.state, pull))
    },
  },
  'GET /compare/{basehead}': { ...reads, handle: compare },
}

async function list(call: RepositoryCall) {
  const { state, repository } = call
  const ref = query(call, 'sha') ?? repository.defaultBranch
  const start = await resolveCommit(repository.path, ref)
  if (start === undefined) throw notFound()
  const [since, until, author, path] = ['since', 'until', 'author', 'path'].map((name) => query(call, name))
  const only = [
    ...(since === undefined ? [] : [`--since=${since}`]),
    ...(until === undefined ? [] : [`--until=${until}`]),
    ...(author === undefined ? [] : [`--author=${author}`, '--fixed-strings']),
  ]
  const commits = await listCommits(repository.path, [...only, start, '--', ...(path === undefined ? [] : [path])])
  return paginate(call, commits, (commit) => serializeCommit(state, repository, commit))
}

/** Those that merged the commit; where none did, those open ones that hold it. */
async function pullsWith(repository: Repository, sha: string): Promise<readonly PullRequest[]> {
  const holding = await Promise.all(
    repository.pulls.map(async (pull) => {
      if (pull.mergeCommitSha === sha) return [pull]
      const inHead = await isAncestor(repository.path, sha, pull.head.sha)
      return inHead && !(await isAncestor(repository.path, sha, pull.base.sha)) ? [pull] : []
    }),
  )
  const pulls = holding.flat()
  const merged = pulls.filter((pull) => pull.merged)
  return merged.length > 0 ? merged : pulls
}

async function compare(call: RepositoryCall) {
  const { state, repository } = call
  const [from = '', to = ''] = parameter(call, 'basehead').split('...')
  const [base, head] = await Promise.all([resolveCommit(repository.path, from), resolveCommit(repository.path, to)])
  const middle = base === undefined || head === undefined ? undefined : await mergeBase(repository.path, base, head)
  if (base === undefined || head === undefined || middle === undefined) throw notFound()
  const [ahead, behind] = await Promise.all([
    listCommits(repository.path, ['--reverse', '--topo-order', head, `^${base}`, '--']),
    listCommits(repository.path, [base, `^${head}`, '--']),
  ])
  const page = `${repositoryPage(state, repository)}/compare/${from}...${to}`
  const [baseCommit, middleCommit] = await Promise.all([base, middle].map((sha) => findCommit(repository, sha)))
  if (baseCommit === undefined || middleCommit === undefined) throw notFound()
  return ok({
    url: `${repositoryUrl(state, repository)}/compare/${from}...${to}`,
    html_url: page,
    permalink_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    base_commit: serializeCommit(state, repository, baseCommit),
    merge_base_commit: serializeCommit(state, repository, middleCommit),
    status: standing(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: ahead.map((commit) => serializeCommit(state, repository, commit)),
    files: await serializeFiles(state, repository, { from: middle, to: head }),
  })
}

function standing(ahead: number, behind: number): 'diverged' | 'ahead' | 'behind' | 'identical' {
  if (ahead > 0) return behind > 0 ? 'diverged' : 'ahead'
  return behind > 0 ? 'behind' : 'identical'
}
