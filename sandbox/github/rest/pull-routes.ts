import { changePull } from '../acts/change-pull.ts'
import { mergePull } from '../acts/merge-pull.ts'
import { openPull } from '../acts/open-pull.ts'
import { updateBranch } from '../acts/update-branch.ts'
import { includes, permissionOf } from '../authorise.ts'
import { mergeBase } from '../git/commits.ts'
import { listPullCommits } from '../pull-commits.ts'
import { invalid } from '../refusal.ts'
import type { PullRequest } from '../state/pull-request.ts'
import { created, flag, needText, ok, query, type RepositoryCall, type RepositoryRoutes, text } from './call.ts'
import { findPull } from './find-pull.ts'
import { paginate } from './paginate.ts'
import { serializeCommit, serializeFiles } from './serialize-commit.ts'
import { serializePull, serializeSimplePull } from './serialize-pull.ts'
import { repositoryPage } from './serialize-repository.ts'

const reads = { app: ['pull_requests:read'], person: 'read' } as const

/** Pull requests themselves; their reviews stand in `review-routes.ts`. */
export const pullRoutes: RepositoryRoutes = {
  'GET /pulls': {
    ...reads,
    handle: (call) => paginate(call, listPulls(call), (one) => serializeSimplePull(call.state, one)),
  },
  'POST /pulls': { app: ['pull_requests:write'], person: 'read', handle: open },
  'GET /pulls/{pull_number}': { ...reads, handle: async (call) => ok(await serializePull(call.state, findPull(call))) },
  'PATCH /pulls/{pull_number}': { app: ['pull_requests:write'], person: 'write', handle: change },
  'GET /pulls/{pull_number}/commits': {
    ...reads,
    handle: async (call) => {
      const commits = await listPullCommits(findPull(call))
      return paginate(call, commits, (one) => serializeCommit(call.state, call.repository, one))
    },
  },
  'GET /pulls/{pull_number}/files': { ...reads, handle: listFiles },
  'PUT /pulls/{pull_number}/merge': { app: ['contents:write'], person: 'write', handle: merge },
  'PUT /pulls/{pull_number}/update-branch': { app: ['pull_requests:write'], person: 'write', handle: update },
}

function listPulls(call: RepositoryCall): readonly PullRequest[] {
  const wanted = query(call, 'state') ?? 'open'
  const [base, head] = [query(call, 'base'), query(call, 'head')]
  const byUpdate = query(call, 'sort') === 'updated'
  const key = (pull: PullRequest) => (byUpdate ? pull.updatedAt : pull.createdAt)
  const sign =
    (query(call, 'direction') ?? (query(call, 'sort') === undefined || byUpdate ? 'desc' : 'asc')) === 'asc' ? 1 : -1
  return call.repository.pulls
    .filter((pull) => wanted === 'all' || pull.state === wanted)
    .filter((pull) => base === undefined || pull.base.ref === base)
    .filter((pull) => head === undefined || head === `${call.repository.owner.login}:${pull.head.ref}`)
    .toSorted((one, other) => sign * (key(one) - key(other) || one.id - other.id))
}

async function open(call: RepositoryCall) {
  const { state, repository, actor } = call
  const [owner, branch] = ownerAndBranch(needText(call, 'head'), repository.owner.login)
  const fork = state.repositories.find((one) => one.parent === repository && one.owner.login === owner)
  if (owner !== repository.owner.login && fork === undefined) {
    throw invalid([{ resource: 'PullRequest', field: 'head', code: 'invalid' }])
  }
  const wanted = {
    title: needText(call, 'title'),
    body: text(call, 'body'),
    base: needText(call, 'base'),
    head: branch,
    fork,
    draft: flag(call, 'draft') ?? false,
  }
  return created(await serializePull(state, await openPull(state, repository, { wanted, actor })))
}

/** `octocat:branch` names a branch of somebody's fork. */
function ownerAndBranch(head: string, owner: string): readonly [string, string] {
  const at = head.indexOf(':')
  return at < 0 ? [owner, head] : [head.slice(0, at), head.slice(at + 1)]
}

async function change(call: RepositoryCall) {
  const { state, actor } = call
  const pull = findPull(call)
  const change = {
    title: text(call, 'title'),
    body: text(call, 'body'),
    base: text(call, 'base'),
    state: text(call, 'state'),
  }
  await changePull(state, pull, { change, actor })
  return ok(await serializePull(state, pull))
}

async function listFiles(call: RepositoryCall) {
  const { repository, base, head } = findPull(call)
  const from = await mergeBase(repository.path, base.sha, head.sha)
  return paginate(call, await serializeFiles(call.state, repository, { from, to: head.sha }), (file) => file)
}

async function update(call: RepositoryCall) {
  const { state, actor, repository } = call
  const pull = findPull(call)
  await updateBranch(state, pull, { expected: text(call, 'expected_head_sha'), actor })
  const url = `${repositoryPage(state, repository)}/pull/${pull.number}`
  return { status: 202, body: { message: 'Updating pull request branch.', url } }
}

async function merge(call: RepositoryCall) {
  const { state, repository, actor, principal } = call
  const pull = findPull(call)
  const method = text(call, 'merge_method')
  const order = {
    method: method === 'squash' || method === 'rebase' ? method : 'merge',
    sha: text(call, 'sha'),
    title: text(call, 'commit_title'),
    message: text(call, 'commit_message'),
    bypass: principal?.kind === 'person' && includes(permissionOf(repository, principal.user.id), 'admin'),
  } as const
  const sha = await mergePull(state, pull, { order, actor })
  return ok({ sha, merged: true, message: 'Pull Request successfully merged' })
}
