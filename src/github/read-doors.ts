import type { ConfigRead } from '../model/config-read.ts'
import type { Doors, TagRuleset } from '../model/health.ts'
import type { Repository } from '../model/ref.ts'
import { at, callRest } from './call-rest.ts'
import { integer, isJson, text } from './json.ts'
import type { Octokit } from './octokit.ts'
import { bypassIn, readBypass } from './read-bypass.ts'

/**
 * What GitHub itself keeps from production: one call for each environment of that type that the configuration names,
 * one for the rulesets, and one for each of those for tags. What can't be read, or was never deployed to, is not found
 * open. `admin`: by an administrator's own token; without it nobody is told who may bypass.
 */
export async function readDoors({ octokit, admin, repository }: Asked, config: ConfigRead): Promise<Doors> {
  const stages = config.kind === 'valid' ? config.config.environments.filter(({ type }) => type === 'production') : []
  const open: string[] = []
  for (const { name } of stages) {
    const { status, data } = await callRest(octokit, {
      route: 'GET /repos/{owner}/{repo}/environments/{environment_name}',
      parameters: { ...at(repository), environment_name: name },
      expects: [403, 404],
    })
    const policy = status === 200 && isJson(data) ? data['deployment_branch_policy'] : undefined
    if (policy === null || (isJson(policy) && policy['custom_branch_policies'] !== true)) open.push(name)
  }
  const release = config.kind === 'valid' ? config.config.release : undefined
  return {
    open,
    tagPattern: release?.tag ?? null,
    tagRulesets: release === undefined ? [] : await readTagRulesets({ octokit, admin, repository }),
  }
}

type Asked = { readonly octokit: Octokit; readonly admin: Octokit | null; readonly repository: Repository }

/** https://docs.github.com/rest/repos/rules: the list names rulesets, only each by itself tells what it holds. */
async function readTagRulesets(asked: Asked): Promise<Doors['tagRulesets']> {
  const { octokit, admin, repository } = asked
  const { status, data } = await callRest(octokit, {
    route: 'GET /repos/{owner}/{repo}/rulesets',
    parameters: { ...at(repository), targets: 'tag', per_page: 100 },
    expects: [403, 404],
  })
  if (status !== 200 || !Array.isArray(data)) return null
  const rulesets: TagRuleset[] = []
  for (const one of data.filter(isJson)) {
    if (one['target'] !== 'tag' || one['enforcement'] !== 'active') continue
    const ruleset = await readTagRuleset(asked, integer(one, 'id'))
    if (ruleset === null) return null
    const seen = ruleset.bypass === null && admin !== null ? await readBypass(admin, repository, ruleset.id) : null
    rulesets.push(seen === null ? ruleset : { ...ruleset, bypass: seen })
  }
  return rulesets
}

async function readTagRuleset({ octokit, repository }: Asked, id: number): Promise<TagRuleset | null> {
  const { status, data } = await callRest(octokit, {
    route: 'GET /repos/{owner}/{repo}/rulesets/{ruleset_id}',
    parameters: { ...at(repository), ruleset_id: id, includes_parents: true },
    expects: [403, 404],
  })
  if (status !== 200 || !isJson(data) || !Array.isArray(data['rules'])) return null
  const names =
    isJson(data['conditions']) && isJson(data['conditions']['ref_name']) ? data['conditions']['ref_name'] : {}
  const own = data['current_user_can_bypass']
  return {
    id,
    organisation: data['source_type'] === 'Organization' ? text(data, 'source') : null,
    include: textsIn(names['include']),
    exclude: textsIn(names['exclude']),
    rules: data['rules'].filter(isJson).map((rule) => text(rule, 'type')),
    bypass: bypassIn(data),
    ownBypass: typeof own === 'string' ? own !== 'never' : null,
  }
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}
