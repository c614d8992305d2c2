import type { ConfigRead } from '../model/config-read.ts'
import type { Doors } from '../model/health.ts'
import type { Repository } from '../model/ref.ts'
import { at, callRest } from './call-rest.ts'
import { isJson } from './json.ts'
import type { Octokit } from './octokit.ts'

/**
 * What GitHub itself keeps from production: one call for each environment of that type that the configuration names,
 * and one for the rulesets. What can't be read, or was never deployed to, is not found open.
 */
export async function readDoors(octokit: Octokit, repository: Repository, config: ConfigRead): Promise<Doors> {
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
  const { status, data } = await callRest(octokit, {
    route: 'GET /repos/{owner}/{repo}/rulesets',
    parameters: { ...at(repository), targets: 'tag', per_page: 100 },
    expects: [403, 404],
  })
  const rulesets = status === 200 && Array.isArray(data) ? data.filter(isJson) : null
  const isBound = rulesets?.some((one) => one['target'] === 'tag' && one['enforcement'] === 'active') ?? true
  return { open, tagsUnbound: !isBound }
}
