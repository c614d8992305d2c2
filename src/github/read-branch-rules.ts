import type { BranchRules, RequiredCheck } from '../model/check.ts'
import { Failed } from '../model/failure.ts'
import { found, type Lookup, unknown } from '../model/lookup.ts'
import type { Repository } from '../model/ref.ts'
import { at, callRest, type RestAnswer } from './call-rest.ts'
import { childOrNull, integer, isJson, type Json, list, record, text } from './json.ts'
import type { Octokit } from './octokit.ts'
import type { Reader } from './reader.ts'

/** What a branch requires changes seldom, and GitHub itself refuses a merge without it (ms). */
const freshFor = 10 * 60_000

type Read = (repository: Repository, branch: string) => Promise<Lookup<BranchRules>>

/** Reads what GitHub requires on a branch: two calls, remembered for ten minutes. */
export function createBranchRulesReader({ octokitFor, now }: Pick<Reader, 'octokitFor' | 'now'>): Read {
  const known = new Map<string, { readonly until: number; readonly rules: BranchRules }>()
  return async (repository, branch) => {
    const key = `${repository.id}:${branch}`
    const remembered = known.get(key)
    if (remembered !== undefined && remembered.until > now()) return found(remembered.rules)
    try {
      const rules = await readRules(await octokitFor(repository.installationId), repository, branch)
      for (const [one, { until }] of known) if (until <= now()) known.delete(one)
      known.set(key, { until: now() + freshFor, rules })
      return found(rules)
    } catch (error) {
      if (!(error instanceof Failed) || error.failure.kind === 'busy') throw error
      return unknown(error.failure.cause)
    }
  }
}

/** Rulesets are told to everybody who may read; classic protection stands with the branch itself. */
async function readRules(octokit: Octokit, repository: Repository, branch: string): Promise<BranchRules> {
  const parameters = { ...at(repository), branch }
  const expects = [403, 404]
  const rules = await callRest(octokit, {
    route: 'GET /repos/{owner}/{repo}/rules/branches/{branch}',
    parameters: { ...parameters, per_page: 100 },
    expects,
  })
  const classic = await callRest(octokit, { route: 'GET /repos/{owner}/{repo}/branches/{branch}', parameters, expects })
  const active = rulesIn(answered(rules, 'rules'))
  const checks = [...fromRules(active), ...fromBranch(answered(classic, 'branches'))]
  return {
    checks: [...new Map(checks.map((check) => [`${check.appId}:${check.name}`, check])).values()],
    conversations: active.some((rule) => {
      const parameters = rule['type'] === 'pull_request' ? rule['parameters'] : null
      return isJson(parameters) && parameters['required_review_thread_resolution'] === true
    }),
  }
}

/** Null: this plan or this server has no such thing, so nothing is required by it. */
function answered({ status, data, message }: RestAnswer, call: string): unknown {
  if (status === 404 || (status === 403 && /upgrade to github/i.test(message))) return null
  if (status !== 403) return data
  const remedy = 'let the App read metadata and contents'
  throw new Failed({ kind: 'refused', call, cause: `GitHub answered 403: ${message.slice(0, 200)}`, remedy })
}

function rulesIn(data: unknown): readonly Json[] {
  return Array.isArray(data) ? data.filter(isJson) : []
}

function fromRules(rules: readonly Json[]): readonly RequiredCheck[] {
  return rules
    .filter((rule) => rule['type'] === 'required_status_checks')
    .flatMap((rule) => list(record(rule['parameters'], 'parameters'), 'required_status_checks').filter(isJson))
    .map((check) => ({ name: text(check, 'context'), appId: appIdOf(check, 'integration_id') }))
}

function fromBranch(data: unknown): readonly RequiredCheck[] {
  if (data === null || !('protection' in record(data, 'branch'))) return []
  const protection = childOrNull(record(data, 'branch'), 'protection')
  const required = isJson(protection?.['required_status_checks']) ? protection['required_status_checks'] : null
  if (required === null || required['enforcement_level'] === 'off') return []
  return list(required, 'checks')
    .filter(isJson)
    .map((check) => ({ name: text(check, 'context'), appId: appIdOf(check, 'app_id') }))
}

/** GitHub writes -1, null or nothing where any App will do. */
function appIdOf(check: Json, key: string): number | null {
  const id = check[key]
  return id === undefined || id === null || id === -1 ? null : integer(check, key)
}
