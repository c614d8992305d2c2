import type { RequiredCheck } from '../model/check.ts'
import type { ConfigRead } from '../model/config-read.ts'
import type { Health, LineHealth } from '../model/health.ts'
import { found, type Lookup, unknown } from '../model/lookup.ts'
import { namedPeople } from '../model/named-people.ts'
import type { Repository } from '../model/ref.ts'
import { at, callRest } from './call-rest.ts'
import { child, childOrNull, integer, isJson, type Json, list, record, text, truth } from './json.ts'
import type { Octokit } from './octokit.ts'
import { readBypass } from './read-bypass.ts'
import { readDoors } from './read-doors.ts'
import { readUnknownNames } from './read-unknown-names.ts'
import { runQuery } from './run-query.ts'

export type HealthAsked = {
  readonly appOctokit: Octokit
  readonly octokit: Octokit
  readonly repository: Repository
  readonly app: { readonly id: number; readonly slug: string }
  readonly config: ConfigRead
  readonly lines: readonly (Pick<LineHealth, 'branch' | 'unproven'> & { readonly config: ConfigRead | null })[]
  readonly missingLines: readonly string[]
  /** Acts by an administrator's own token; null where none is given. */
  readonly admin: Octokit | null
}

/** Reads what surrounds Waybill in a repository; five calls, and two more for each line, one for each of its rulesets, one for each production environment and for each ruleset for tags. Rejects with `Failed`. */
export async function readHealth(asked: HealthAsked): Promise<Omit<Health, 'jira'>> {
  const { appOctokit, octokit, repository, app, config, admin } = asked
  const own = await callRest(octokit, { route: 'GET /repos/{owner}/{repo}', parameters: at(repository) })
  const json = record(own.data, 'repository')
  const installed = await callRest(appOctokit, {
    route: 'GET /repos/{owner}/{repo}/installation',
    parameters: at(repository),
  })
  const installation = record(installed.data, 'installation')
  const lines = await Promise.all(asked.lines.map((line) => readLine({ octokit, admin, repository }, line)))
  return {
    repositoryUrl: text(json, 'html_url'),
    private: truth(json, 'private'),
    app,
    permissions: new Map(
      Object.entries(childOrNull(installation, 'permissions') ?? {}).map(([key, value]) => [key, String(value)]),
    ),
    events: list(installation, 'events').map(String),
    canRequire: lines.every(({ canRequire }) => canRequire),
    config: standingOf(config),
    lines: lines.map(({ health }) => health),
    missingLines: asked.missingLines,
    unknownPeople: config.kind === 'valid' ? await readUnknownNames(octokit, namedPeople(config.config)) : [],
    doors: await readDoors({ octokit, admin, repository }, config),
    jiraAppFile: await hasJiraAppFile(octokit, repository),
  }
}

function standingOf(config: ConfigRead): Health['config'] {
  return config.kind === 'valid' && config.problems.length > 0 ? 'not-as-written' : config.kind
}

const appFileQuery = `
query WaybillJiraApp($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) { object(expression: "HEAD:.jira/config.yml") { __typename } }
}`

/** Where GitHub for Atlassian is configured (https://support.atlassian.com/jira-cloud-administration/docs/use-the-github-for-jira-app/). */
async function hasJiraAppFile(octokit: Octokit, { owner, name }: Repository): Promise<boolean> {
  const query = { name: 'WaybillJiraApp', text: appFileQuery, variables: { owner, name } }
  const { data } = await runQuery(octokit, query)
  return childOrNull(child(data, 'repository'), 'object') !== null
}

type LineRead = { readonly health: LineHealth; readonly canRequire: boolean }

async function readLine(
  { octokit, admin, repository }: Pick<HealthAsked, 'octokit' | 'admin' | 'repository'>,
  line: HealthAsked['lines'][number],
): Promise<LineRead> {
  const parameters = { ...at(repository), branch: line.branch }
  const expects = [403, 404]
  const rules = await callRest(octokit, {
    route: 'GET /repos/{owner}/{repo}/rules/branches/{branch}',
    parameters: { ...parameters, per_page: 100 },
    expects,
  })
  const branch = await callRest(octokit, { route: 'GET /repos/{owner}/{repo}/branches/{branch}', parameters, expects })
  const active = Array.isArray(rules.data) && rules.status === 200 ? rules.data.filter(isJson) : []
  const classic = branch.status === 200 ? classicOf(record(branch.data, 'branch')) : null
  const canRequire = rules.status !== 403 || !/upgrade to github/i.test(rules.message)
  const refused = rules.status === 403 && canRequire
  const required: Lookup<readonly RequiredCheck[]> = refused
    ? unknown(`GitHub answered 403: ${rules.message.slice(0, 200)}`)
    : found([...active.flatMap(checksOf), ...(classic?.checks ?? [])])
  const requiring = active.filter((rule) => rule['type'] === 'required_status_checks' && classic?.checks.length === 0)
  const byId = new Map(requiring.map((rule) => [integer(rule, 'ruleset_id'), rule]))
  const rulesets = await Promise.all(
    [...byId].map(async ([id, rule]) => ({
      id,
      organisation: rule['ruleset_source_type'] === 'Organization' ? text(rule, 'ruleset_source') : null,
      bypass: admin === null ? null : await readBypass(admin, repository, id),
    })),
  )
  return {
    canRequire,
    health: {
      ...line,
      config: line.config === null ? null : standingOf(line.config),
      required,
      hasQueue: active.some((rule) => rule['type'] === 'merge_queue'),
      adminsBypass: classic?.adminsBypass ?? false,
      rulesets,
    },
  }
}

type Classic = { readonly checks: readonly RequiredCheck[]; readonly adminsBypass: boolean }

function classicOf(branch: Json): Classic {
  const protection = 'protection' in branch ? childOrNull(branch, 'protection') : null
  const required = isJson(protection?.['required_status_checks']) ? protection['required_status_checks'] : null
  if (required === null || required['enforcement_level'] === 'off') return { checks: [], adminsBypass: false }
  const checks = list(required, 'checks')
    .filter(isJson)
    .map((one) => checkOf(one, 'context', 'app_id'))
  return { checks, adminsBypass: required['enforcement_level'] === 'non_admins' }
}

function checksOf(rule: Json): readonly RequiredCheck[] {
  if (rule['type'] !== 'required_status_checks') return []
  const checks = list(record(rule['parameters'], 'parameters'), 'required_status_checks').filter(isJson)
  return checks.map((one) => checkOf(one, 'context', 'integration_id'))
}

function checkOf(json: Json, name: string, app: string): RequiredCheck {
  const id = json[app]
  return { name: text(json, name), appId: id === undefined || id === null || id === -1 ? null : integer(json, app) }
}

/** Requires the gate, from this App only, on these branches. `admin` acts by an administrator's own token. */
export async function requireGate(
  admin: Octokit,
  repository: Repository,
  { app, branches }: { readonly app: { readonly id: number }; readonly branches: readonly string[] },
): Promise<void> {
  await callRest(admin, {
    route: 'POST /repos/{owner}/{repo}/rulesets',
    parameters: {
      ...at(repository),
      name: 'Waybill',
      target: 'branch',
      enforcement: 'active',
      bypass_actors: [],
      conditions: { ref_name: { include: branches.map((branch) => `refs/heads/${branch}`), exclude: [] } },
      rules: [
        {
          type: 'required_status_checks',
          parameters: {
            strict_required_status_checks_policy: false,
            required_status_checks: [{ context: 'waybill/gate', integration_id: app.id }],
          },
        },
      ],
    },
  })
}
