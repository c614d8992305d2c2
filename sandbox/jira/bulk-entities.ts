import { isJsonObject, type JsonObject } from '../json-schema.ts'
import { type AssociatedIssues, associatedIssues } from './associated-issues.ts'
import type { RefusedEntities } from './contract-check.ts'
import { type Entity, keepNewest } from './panels-state.ts'
import type { JiraState } from './state.ts'

export type Bulk = {
  readonly state: JiraState
  /** Where they are kept, by identity. */
  readonly kept: Map<string, Entity>
  readonly entities: readonly unknown[]
  /** Where the entities stand in the request, e.g. `/builds`. */
  readonly pointer: string
  readonly refused: RefusedEntities
  /** What tells this entity from all others. */
  readonly identify: (entity: JsonObject) => string
  /** What is wrong with an entity beyond what the contract says. */
  readonly faultsOf: (entity: JsonObject, issues: AssociatedIssues) => readonly string[]
  /** The name of the number that orders an entity's states. */
  readonly sequence: 'updateSequenceId' | 'updateSequenceNumber'
}

export type BulkResult = {
  readonly accepted: readonly JsonObject[]
  readonly rejected: readonly {
    readonly entity: JsonObject
    readonly errors: readonly { readonly message: string }[]
  }[]
  readonly unknownKeys: readonly string[]
}

/** Keeps each entity that is right and belongs to an issue; one that names only unknown issues is rejected. */
export function keepAll(bulk: Bulk): BulkResult {
  const judged = bulk.entities.filter(isJsonObject).map((entity, index) => ({ entity, ...judge(bulk, entity, index) }))
  for (const { entity, issues, errors } of judged) {
    if (errors.length > 0) continue
    const { issueIds } = issues
    keepNewest(bulk.kept, bulk.identify(entity), { sequence: Number(entity[bulk.sequence]), issueIds, value: entity })
  }
  return {
    accepted: judged.filter(({ errors }) => errors.length === 0).map(({ entity }) => entity),
    rejected: judged
      .filter(({ errors }) => errors.length > 0)
      .map(({ entity, errors }) => ({ entity, errors: errors.map((message) => ({ message })) })),
    unknownKeys: [...new Set(judged.flatMap(({ issues }) => issues.unknown))],
  }
}

function judge(bulk: Bulk, entity: JsonObject, index: number) {
  const issues = associatedIssues(bulk.state, entity)
  const refused = bulk.refused.get(`${bulk.pointer}/${index}`) ?? []
  const without = issues.issueIds.length === 0 ? ['No valid issues found'] : []
  const faults = refused.length > 0 ? refused : [...bulk.faultsOf(entity, issues), ...without]
  return { issues, errors: faults }
}
