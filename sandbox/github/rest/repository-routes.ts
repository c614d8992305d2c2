import { recordMoves } from '../acts/record-moves.ts'
import { readCommit } from '../git/commits.ts'
import { findRef, isRefName, listRefs, moveRef, zeroSha } from '../git/refs.ts'
import { invalid, notFound } from '../refusal.ts'
import type { Activity, Repository } from '../state/repository.ts'
import { created, needText, ok, parameter, query, type RepositoryCall, type RepositoryRoutes } from './call.ts'
import { iso } from './iso.ts'
import { paginate } from './paginate.ts'
import { serializeCommit } from './serialize-commit.ts'
import { fullName, repositoryPage, repositoryUrl, serializeFullRepository } from './serialize-repository.ts'
import { serializeUser } from './serialize-user.ts'

const reads = { app: ['contents:read'], person: 'read' } as const
const looks = { app: ['metadata:read'], person: 'read' } as const

/** The repository itself, its branches, their rules, and who pushed what. */
export const repositoryRoutes: RepositoryRoutes = {
  'GET ': { ...looks, handle: (call) => ok(serializeFullRepository(call.state, call.repository)) },
  'GET /branches': { ...reads, handle: listBranches },
  'GET /branches/{branch}': { ...reads, handle: async (call) => ok(await serializeBranch(call)) },
  'POST /branches/{branch}/rename': { app: ['contents:write'], person: 'write', handle: rename },
  'GET /rules/branches/{branch}': {
    ...looks,
    handle: (call) => ok(rulesOf(call.repository, parameter(call, 'branch'))),
  },
  'GET /activity': { ...reads, handle: listActivity },
}

async function listBranches(call: RepositoryCall) {
  const { state, repository } = call
  const wanted = query(call, 'protected')
  const refs = await listRefs(repository.path, 'refs/heads/')
  const branches = refs
    .map(({ name, commit }) => ({ name: name.replace('refs/heads/', ''), sha: commit }))
    .filter(({ name }) => wanted === undefined || String(repository.protection.has(name)) === wanted)
  return paginate(call, branches, ({ name, sha }) => ({
    name,
    commit: { sha, url: `${repositoryUrl(state, repository)}/commits/${sha}` },
    protected: repository.protection.has(name),
  }))
}

async function serializeBranch(call: RepositoryCall, name = parameter(call, 'branch')) {
  const { state, repository } = call
  const ref = await findRef(repository.path, `refs/heads/${name}`)
  if (ref === undefined) throw notFound()
  const url = `${repositoryUrl(state, repository)}/branches/${name}`
  const protection = repository.protection.get(name)
  const checks = protection?.requiredChecks ?? []
  return {
    name,
    commit: serializeCommit(state, repository, await readCommit(repository.path, ref.commit)),
    _links: { self: url, html: `${repositoryPage(state, repository)}/tree/${name}` },
    protected: protection !== undefined,
    protection: {
      enabled: protection !== undefined,
      required_status_checks: {
        enforcement_level: checks.length === 0 ? 'off' : protection?.enforceAdmins === true ? 'everyone' : 'non_admins',
        contexts: checks.map(({ context }) => context),
        checks: checks.map(({ context, appId }) => ({ context, app_id: appId ?? null })),
      },
    },
    protection_url: `${url}/protection`,
  }
}

/** A rename is a new branch and the end of the old: a pull request from the old one is closed, one into it goes with it. */
async function rename(call: RepositoryCall) {
  const { state, repository, actor } = call
  const [from, to] = [parameter(call, 'branch'), needText(call, 'new_name')]
  const ref = await findRef(repository.path, `refs/heads/${from}`)
  if (ref === undefined) throw notFound()
  if (repository.protection.has(from) || !(await isRefName(repository.path, `refs/heads/${to}`))) {
    throw invalid([{ resource: 'Branch', code: 'invalid', field: 'new_name' }])
  }
  const make = { name: `refs/heads/${to}`, before: zeroSha, after: ref.commit }
  if (!(await moveRef(repository.path, make.name, make))) {
    throw invalid([{ resource: 'Branch', code: 'already_exists', field: 'new_name' }])
  }
  for (const { base } of repository.pulls.filter((one) => one.state === 'open' && one.base.ref === from)) base.ref = to
  const drop = { name: ref.name, before: ref.commit, after: zeroSha }
  await moveRef(repository.path, drop.name, drop)
  await recordMoves(state, repository, { actor, moves: [make, drop] })
  return created(await serializeBranch(call, to))
}

/** Protection as rules, which is how it is readable without administrator's rights. */
function rulesOf(repository: Repository, branch: string) {
  const protection = repository.protection.get(branch)
  if (protection === undefined) return []
  const source = { ruleset_source_type: 'Repository', ruleset_source: fullName(repository), ruleset_id: repository.id }
  const checks = {
    type: 'required_status_checks',
    parameters: {
      required_status_checks: protection.requiredChecks.map(({ context, appId }) => ({
        context,
        ...(appId === undefined ? {} : { integration_id: appId }),
      })),
      strict_required_status_checks_policy: false,
      do_not_enforce_on_create: false,
    },
    ...source,
  }
  const parameters = {
    required_approving_review_count: 0,
    dismiss_stale_reviews_on_push: false,
    require_code_owner_review: false,
    require_last_push_approval: false,
    required_review_thread_resolution: protection.wantsResolution,
    allowed_merge_methods: ['merge', 'squash', 'rebase'],
  }
  return [
    { type: 'deletion', ...source },
    { type: 'non_fast_forward', ...source },
    ...(protection.refusesPushes || protection.wantsResolution
      ? [{ type: 'pull_request', parameters, ...source }]
      : []),
    ...(protection.requiredChecks.length > 0 ? [checks] : []),
  ]
}

/** Newest first unless `direction=asc`; `before` and `after` are the cursors of the `link` header. */
function listActivity(call: RepositoryCall) {
  const [ref, login, type] = ['ref', 'actor', 'activity_type'].map((name) => query(call, name))
  const since = sinceOf(query(call, 'time_period'))
  const whole = ref === undefined || ref.startsWith('refs/') ? ref : `refs/heads/${ref}`
  const found = call.repository.activity
    .filter((one) => whole === undefined || one.ref === whole)
    .filter((one) => login === undefined || one.actor.login === login)
    .filter((one) => type === undefined || one.type === type)
    .filter((one) => one.at >= call.state.now() - since)
  const ordered = query(call, 'direction') === 'asc' ? found : found.toReversed()
  return cutByCursor(call, ordered)
}

function cutByCursor(call: RepositoryCall, activity: readonly Activity[]) {
  const size = Math.min(100, Math.max(1, Number(query(call, 'per_page') ?? 30) || 30))
  const after = Number(query(call, 'after') ?? 0)
  const start = after === 0 ? 0 : activity.findIndex(({ id }) => id === after) + 1
  const page = activity.slice(start, start + size)
  const last = page.at(-1)
  const next = new URL(call.url)
  if (last !== undefined) next.searchParams.set('after', String(last.id))
  const headers: Readonly<Record<string, string>> =
    last !== undefined && start + size < activity.length ? { link: `<${next}>; rel="next"` } : {}
  return { ...ok(page.map((one) => serializeActivity(call, one))), headers }
}

function serializeActivity({ state }: RepositoryCall, { id, nodeId, ref, before, after, actor, type, at }: Activity) {
  return {
    id,
    node_id: nodeId,
    before,
    after,
    ref,
    timestamp: iso(at),
    activity_type: type,
    actor: serializeUser(state, actor),
  }
}

function sinceOf(period: string | undefined): number {
  const days = { day: 1, week: 7, month: 30, quarter: 91, year: 365 }
  const [, known] = Object.entries(days).find(([name]) => name === period) ?? []
  return known === undefined ? Number.POSITIVE_INFINITY : known * 86_400_000
}
