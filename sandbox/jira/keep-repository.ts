import { type JsonObject, jsonObjectAt } from '../json-schema.ts'
import { listOf } from './associated-issues.ts'
import { type BulkResult, keepAll } from './bulk-entities.ts'
import type { RefusedEntities } from './contract-check.ts'
import type { EntityType, Repository } from './panels-state.ts'
import type { JiraState } from './state.ts'

export type SentRepository = {
  readonly state: JiraState
  readonly repository: Repository
  readonly value: JsonObject
  readonly properties: JsonObject
  /** Where it stands in the request. */
  readonly index: number
  readonly refused: RefusedEntities
}

export type KeptRepository = {
  readonly accepted: JsonObject
  readonly failed: JsonObject | undefined
  readonly unknownKeys: readonly string[]
}

const kinds: readonly { readonly type: EntityType; readonly name: 'branches' | 'commits' | 'pullRequests' }[] = [
  { type: 'branch', name: 'branches' },
  { type: 'commit', name: 'commits' },
  { type: 'pull_request', name: 'pullRequests' },
]

/** Keeps what one repository of a bulk request brings; a repository with a bad id keeps nothing. */
export function keepRepository(sent: SentRepository): KeptRepository {
  const { repository, value, properties } = sent
  if (!isId(value['id'])) {
    const message = 'A repository id holds only A-Z a-z 0-9 ~ . - _, at most 1024 of them.'
    return { accepted: noEntities, failed: { errorMessages: [{ message }] }, unknownKeys: [] }
  }
  const sequence = Number(value['updateSequenceId'])
  if (sequence > repository.sequence) {
    const { branches, commits, pullRequests, ...own } = value
    repository.sequence = sequence
    repository.value = own
    repository.properties = { ...repository.properties, ...properties }
  }
  const results = kinds.map(({ type, name }) => ({ name, result: keepKind(sent, type, name) }))
  const failed = results.filter(({ result }) => result.rejected.length > 0)
  return {
    accepted: Object.fromEntries(results.map(({ name, result }) => [name, result.accepted.map((one) => one['id'])])),
    failed:
      failed.length === 0 ? undefined : Object.fromEntries(failed.map(({ name, result }) => [name, failures(result)])),
    unknownKeys: results.flatMap(({ result }) => result.unknownKeys),
  }
}

const noEntities: JsonObject = { branches: [], commits: [], pullRequests: [] }

function keepKind(sent: SentRepository, type: EntityType, name: string): BulkResult {
  return keepAll({
    state: sent.state,
    kept: sent.repository.entities[type],
    entities: listOf(sent.value[name]),
    pointer: `/repositories/${sent.index}/${name}`,
    refused: sent.refused,
    identify: (entity) => String(entity['id']),
    faultsOf,
    sequence: 'updateSequenceId',
  })
}

function failures({ rejected }: BulkResult): readonly JsonObject[] {
  return rejected.map(({ entity, errors }) => ({ id: String(entity['id']), errorMessages: errors }))
}

const issueKey = /^\p{L}[\p{L}\p{Nd}_]{1,255}-\p{Nd}{1,255}$/u

function faultsOf(entity: JsonObject): readonly string[] {
  const commit = jsonObjectAt(entity, 'lastCommit')
  const keys = [...listOf(entity['issueKeys']), ...listOf(commit['issueKeys'])].map(String)
  const times = [entity['lastUpdate'], entity['authorTimestamp'], commit['authorTimestamp']]
  return [
    ...(isId(entity['id']) ? [] : ['An id holds only A-Z a-z 0-9 ~ . - _, at most 1024 of them.']),
    ...keys.filter((key) => !issueKey.test(key)).map((key) => `${key} is no issue key.`),
    ...times
      .filter((time) => time !== undefined && Number.isNaN(Date.parse(String(time))))
      .map((time) => `${time} is no time.`),
    ...(entity['title'] === '' || entity['name'] === '' ? ['A name or title is required.'] : []),
  ]
}

function isId(id: unknown): boolean {
  return typeof id === 'string' && /^[A-Za-z0-9~.\-_]{1,1024}$/.test(id)
}
