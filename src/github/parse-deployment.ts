import type { Account } from '../model/account.ts'
import {
  type BranchClaim,
  type Deployment,
  type DeploymentClaim,
  type DeploymentState,
  type DeploymentStatus,
  isBranchClaim,
} from '../model/deployment.ts'
import { childOrNull, connection, integer, isJson, type Json, record, text, textOrNull, time } from './json.ts'
import { parseActor, parseRestAccount } from './parse-account.ts'

/** `WaybillDeployment`, and whether all of its statuses are there. Our claim counts only where the App `slug` created it. */
export function parseDeployment(
  json: Json,
  slug: string,
): { readonly deployment: Deployment; readonly whole: boolean } {
  const statuses = childOrNull(json, 'statuses') === null ? null : connection(json, 'statuses')
  const creator = parseActor(json, 'creator')
  const claim = creator?.kind === 'bot' && creator.login === slug ? parseClaim(json['payload']) : null
  const deployment = {
    id: integer(json, 'databaseId'),
    environment: text(json, 'environment'),
    tag: tagOf(json) ?? (claim === null || isBranchClaim(claim) ? null : claim.tag),
    sha: text(json, 'commitOid'),
    createdAt: time(json, 'createdAt'),
    creator,
    claim,
    statuses: newestFirst(statuses?.nodes ?? [], { latest: childOrNull(json, 'latestStatus'), slug }),
    numbered: false,
  }
  return { deployment, whole: statuses?.complete ?? true }
}

/** The statuses that REST lists of a deployment; a greater id is newer. */
export function parseStatuses(answer: unknown, slug: string): readonly DeploymentStatus[] {
  const statuses = Array.isArray(answer) ? answer.map((one) => parseStatus(record(one, 'deployment status'), slug)) : []
  return statuses.toSorted((a, b) => b.id - a.id)
}

/** The claim in a payload, which GraphQL gives as JSON in JSON. */
export function parseClaim(payload: unknown): DeploymentClaim | BranchClaim | null {
  let value = payload
  for (let depth = 0; typeof value === 'string' && depth < 3; depth++) value = parseJson(value)
  const claim = isJson(value) ? value['waybill'] : null
  if (!isJson(claim)) return null
  if ('pull' in claim) return parseBranchClaim(claim)
  const { environment, tag, attempt, wish, by } = claim
  if (typeof environment !== 'string' || typeof tag !== 'string' || !Number.isSafeInteger(attempt)) return null
  return {
    environment,
    tag,
    attempt: Number(attempt),
    wish: typeof wish === 'number' ? wish : null,
    by: isJson(by) ? { id: integer(by, 'id'), login: text(by, 'login') } : null,
    as: claim['as'] === 'rollback' ? 'rollback' : 'promotion',
    retries: typeof claim['retries'] === 'number' ? claim['retries'] : null,
  }
}

function parseBranchClaim({ environment, sha, attempt, pull, wish, by }: Json): BranchClaim | null {
  if (typeof environment !== 'string' || typeof sha !== 'string' || !isJson(by)) return null
  const numbers = { attempt: Number(attempt), pull: Number(pull), wish: Number(wish) }
  if (!Object.values(numbers).every(Number.isSafeInteger)) return null
  return { environment, sha, ...numbers, by: { id: integer(by, 'id'), login: text(by, 'login') } }
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return null
  }
}

function tagOf(json: Json): string | null {
  const ref = childOrNull(json, 'ref')
  return ref !== null && ref['prefix'] === 'refs/tags/' ? text(ref, 'name') : null
}

/** GraphQL promises no order and gives no numbers: the one GitHub calls the latest, then by time. */
function newestFirst(
  nodes: readonly Json[],
  { latest, slug }: { readonly latest: Json | null; readonly slug: string },
): readonly DeploymentStatus[] {
  const rank = (node: Json) => (latest !== null && node['id'] === latest['id'] ? Infinity : time(node, 'createdAt'))
  return nodes
    .toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(b) - rank(a)))
    .map((node) => ({
      id: 0,
      state: parseState(text(node, 'state')),
      at: time(node, 'createdAt'),
      description: textOrNull(node, 'description') ?? '',
      url: placeOf(node['state'], [node['logUrl']], node['environmentUrl']),
      by: reporterOf(parseActor(node, 'creator'), slug),
    }))
}

function parseStatus(json: Json, slug: string): DeploymentStatus {
  const creator = childOrNull(json, 'creator')
  return {
    id: integer(json, 'id'),
    state: parseState(text(json, 'state')),
    at: time(json, 'created_at'),
    description: textOrNull(json, 'description') ?? '',
    url: placeOf(json['state'], [json['log_url'], json['target_url']], json['environment_url']),
    by: reporterOf(creator === null ? null : parseRestAccount(creator), slug),
  }
}

/** A user can have no App's name with `[bot]`, so that ours is known by its slug. */
function reporterOf(account: Account | null, slug: string): DeploymentStatus['by'] {
  return account?.kind === 'bot' && account.login === slug ? 'waybill' : account
}

function placeOf(state: unknown, logs: readonly unknown[], environment: unknown): string | null {
  const urls = String(state).toLowerCase() === 'success' ? [environment, ...logs] : [...logs, environment]
  return urls.find((url): url is string => typeof url === 'string' && url !== '') ?? null
}

const states: Readonly<Record<string, DeploymentState>> = {
  pending: 'pending',
  queued: 'queued',
  in_progress: 'in_progress',
  success: 'success',
  failure: 'failure',
  error: 'error',
  inactive: 'inactive',
}

/** A job that waits for its reviewers says `waiting`; what this version does not know is no end either. */
function parseState(state: string): DeploymentState {
  return states[state.toLowerCase()] ?? 'pending'
}

/** The deployment that REST answers. */
export function parseRestDeployment(answer: unknown): RestDeployment {
  const json = record(answer, 'deployment')
  return { id: integer(json, 'id'), sha: text(json, 'sha'), claim: parseClaim(json['payload']) }
}

export type RestDeployment = { readonly id: number; readonly sha: string; readonly claim: Deployment['claim'] }
