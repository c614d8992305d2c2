import { isJsonObject } from '../../json-schema.ts'
import { permissionOf } from '../authorise.ts'
import { nodeId } from '../node-id.ts'
import { notFound } from '../refusal.ts'
import type { TagRuleset } from '../state/release.ts'
import type { Protection } from '../state/repository.ts'
import { created, needText, objects, ok, parameter, type RepositoryCall, type RepositoryRoutes, text } from './call.ts'
import { iso } from './iso.ts'
import { fullName } from './serialize-repository.ts'

const looks = { app: ['metadata:read'], person: 'read' } as const
const administers = { app: ['administration:write'], person: 'admin' } as const

/** Rulesets: for tags, who may create, move and delete which; for branches, what must have succeeded. */
export const rulesetRoutes: RepositoryRoutes = {
  'GET /rulesets': { ...looks, handle: (call) => ok(call.repository.tagRulesets.map((one) => listed(call, one))) },
  'GET /rulesets/{ruleset_id}': { ...looks, handle: (call) => ok(shown(call, rulesetOf(call))) },
  'POST /rulesets': { ...administers, handle: create },
  'PUT /rulesets/{ruleset_id}': { ...administers, handle: change },
}

function create(call: RepositoryCall) {
  const { state, repository } = call
  if (text(call, 'target') !== 'tag') return createForBranches(call)
  const id = state.nextId()
  const ruleset: TagRuleset = {
    id,
    nodeId: nodeId('RepositoryRuleset', id),
    name: needText(call, 'name'),
    enforcement: enforcementIn(call) ?? 'active',
    include: includeIn(call) ?? ['~ALL'],
    rules: objects(call, 'rules').map((rule) => String(rule['type'])),
    bypassAppIds: bypassIn(call) ?? [],
    createdAt: state.now(),
  }
  repository.tagRulesets.push(ruleset)
  return created(serialize(call, ruleset))
}

/** A ruleset for branches holds as protection does, for administrators too; of its rules the required checks are kept. */
function createForBranches(call: RepositoryCall) {
  const { state, repository } = call
  const rules = objects(call, 'rules')
  const requiredChecks = rules.flatMap((rule) => requiredIn(rule['parameters']))
  const wantsResolution = rules.some(({ parameters }) => {
    return isJsonObject(parameters) && parameters['required_review_thread_resolution'] === true
  })
  const include = includeIn(call) ?? []
  for (const pattern of include) {
    const branch = pattern === '~DEFAULT_BRANCH' ? repository.defaultBranch : pattern.replace('refs/heads/', '')
    const before = repository.protection.get(branch)
    repository.protection.set(branch, {
      ...(before ?? { refusesPushes: false, wantsResolution: false }),
      ...(wantsResolution ? { wantsResolution } : {}),
      requiredChecks: [...(before?.requiredChecks ?? []), ...requiredChecks],
      enforceAdmins: true,
    })
  }
  const id = state.nextId()
  return created({
    id,
    name: needText(call, 'name'),
    target: 'branch',
    source_type: 'Repository',
    source: fullName(repository),
    enforcement: enforcementIn(call) ?? 'active',
    node_id: nodeId('RepositoryRuleset', id),
    conditions: { ref_name: { include, exclude: [] } },
    rules,
    bypass_actors: [],
    created_at: iso(state.now()),
    updated_at: iso(state.now()),
  })
}

function requiredIn(parameters: unknown): Protection['requiredChecks'] {
  const checks = isJsonObject(parameters) ? parameters['required_status_checks'] : undefined
  return (Array.isArray(checks) ? checks.filter(isJsonObject) : []).map((one) => ({
    context: String(one['context']),
    appId: typeof one['integration_id'] === 'number' ? one['integration_id'] : undefined,
  }))
}

function change(call: RepositoryCall) {
  const ruleset = rulesetOf(call)
  ruleset.name = text(call, 'name') ?? ruleset.name
  ruleset.enforcement = enforcementIn(call) ?? ruleset.enforcement
  ruleset.include = includeIn(call) ?? ruleset.include
  ruleset.bypassAppIds = bypassIn(call) ?? ruleset.bypassAppIds
  if (call.body['rules'] !== undefined) ruleset.rules = objects(call, 'rules').map((rule) => String(rule['type']))
  return ok(serialize(call, ruleset))
}

function rulesetOf(call: RepositoryCall): TagRuleset {
  const ruleset = call.repository.tagRulesets.find((one) => one.id === Number(parameter(call, 'ruleset_id')))
  if (ruleset === undefined) throw notFound()
  return ruleset
}

/** The list leaves out what a ruleset holds. */
function listed(call: RepositoryCall, ruleset: TagRuleset) {
  const { conditions: _conditions, rules: _rules, bypass_actors: _actors, ...named } = serialize(call, ruleset)
  return named
}

/** The bypass list is for those who may write the ruleset. */
function shown(call: RepositoryCall, ruleset: TagRuleset) {
  const { bypass_actors: actors, ...rest } = serialize(call, ruleset)
  const { principal, repository } = call
  const mayWrite =
    principal?.kind === 'person'
      ? permissionOf(repository, principal.user.id) === 'admin'
      : principal?.kind === 'installation' && principal.permissions['administration'] === 'write'
  const own = principal?.kind === 'installation' && ruleset.bypassAppIds.includes(principal.installation.app.id)
  return { ...rest, current_user_can_bypass: own ? 'always' : 'never', ...(mayWrite && { bypass_actors: actors }) }
}

function enforcementIn(call: RepositoryCall): TagRuleset['enforcement'] | undefined {
  return (['active', 'disabled', 'evaluate'] as const).find((one) => one === text(call, 'enforcement'))
}

function includeIn({ body }: RepositoryCall): readonly string[] | undefined {
  const conditions = body['conditions']
  const names = isJsonObject(conditions) ? conditions['ref_name'] : undefined
  const include = isJsonObject(names) ? names['include'] : undefined
  return Array.isArray(include) ? include.map(String) : undefined
}

function bypassIn(call: RepositoryCall): readonly number[] | undefined {
  if (call.body['bypass_actors'] === undefined) return undefined
  return objects(call, 'bypass_actors').flatMap((actor) => {
    return actor['actor_type'] === 'Integration' ? [Number(actor['actor_id'])] : []
  })
}

function serialize({ repository }: RepositoryCall, ruleset: TagRuleset) {
  const { id, name, enforcement, include, rules, bypassAppIds, createdAt } = ruleset
  return {
    id,
    name,
    target: 'tag',
    source_type: 'Repository',
    source: fullName(repository),
    enforcement,
    node_id: ruleset.nodeId,
    conditions: { ref_name: { include, exclude: [] } },
    rules: rules.map((type) => ({ type })),
    bypass_actors: bypassAppIds.map((actor_id) => ({ actor_id, actor_type: 'Integration', bypass_mode: 'always' })),
    created_at: iso(createdAt),
    updated_at: iso(createdAt),
  }
}
