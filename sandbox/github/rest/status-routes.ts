import { reportStatus } from '../acts/report-status.ts'
import { invalid } from '../refusal.ts'
import type { CommitStatus } from '../state/check.ts'
import type { Repository } from '../state/repository.ts'
import { created, ok, parameter, type RepositoryCall, type RepositoryRoutes, text } from './call.ts'
import { findCommit } from './find-commit.ts'
import { paginate } from './paginate.ts'
import { repositoryUrl, serializeRepository } from './serialize-repository.ts'
import { serializeSimpleStatus, serializeStatus } from './serialize-status.ts'

const reads = { app: ['statuses:read'], person: 'read' } as const

export const statusRoutes: RepositoryRoutes = {
  'GET /commits/{ref}/status': { ...reads, handle: combined },
  'GET /commits/{ref}/statuses': {
    ...reads,
    handle: async (call) => {
      const { sha } = await findCommit(call.repository, parameter(call, 'ref'))
      const statuses = call.repository.statuses.filter((one) => one.sha === sha).toReversed()
      return paginate(call, statuses, (one) => serializeStatus(call.state, call.repository, one))
    },
  },
  'POST /statuses/{sha}': { app: ['statuses:write'], person: 'write', handle: create },
}

async function combined(call: RepositoryCall) {
  const { state, repository } = call
  const { sha } = await findCommit(repository, parameter(call, 'ref'))
  const newest = newestStatuses(repository, sha)
  const url = `${repositoryUrl(state, repository)}/commits/${sha}`
  return ok({
    state: combine(newest),
    statuses: newest.map((one) => serializeSimpleStatus(state, repository, one)),
    sha,
    total_count: newest.length,
    repository: serializeRepository(state, repository),
    commit_url: url,
    url: `${url}/status`,
  })
}

async function create(call: RepositoryCall) {
  const { state, repository, actor } = call
  const { sha } = await findCommit(repository, parameter(call, 'sha'))
  const given = text(call, 'state')
  if (given !== 'error' && given !== 'failure' && given !== 'pending' && given !== 'success') {
    throw invalid([{ resource: 'Status', code: 'invalid', field: 'state' }])
  }
  const wanted: Parameters<typeof reportStatus>[2]['wanted'] = {
    sha,
    state: given,
    context: text(call, 'context') ?? 'default',
    description: text(call, 'description'),
    targetUrl: text(call, 'target_url'),
  }
  return created(serializeStatus(state, repository, await reportStatus(state, repository, { wanted, actor })))
}

/** Of each context the newest, oldest first. */
function newestStatuses(repository: Repository, sha: string): readonly CommitStatus[] {
  const all = repository.statuses.filter((one) => one.sha === sha)
  return all.filter((one) => !all.some((other) => other.context === one.context && other.id > one.id))
}

function combine(statuses: readonly CommitStatus[]): 'failure' | 'pending' | 'success' {
  if (statuses.some(({ state }) => state === 'failure' || state === 'error')) return 'failure'
  return statuses.length > 0 && statuses.every(({ state }) => state === 'success') ? 'success' : 'pending'
}
