import { isJsonObject, type JsonObject } from '../json-schema.ts'
import { findIssue, type JiraState } from './state.ts'

export type AssociatedIssues = {
  readonly issueIds: readonly string[]
  /** Keys and ids that belong to no issue, as they were sent. */
  readonly unknown: readonly string[]
  /** How many values its associations hold, of every type. */
  readonly values: number
}

/** The issues an entity names in `associations` and in the older `issueKeys`. */
export function associatedIssues(state: JiraState, entity: JsonObject): AssociatedIssues {
  const associations = listOf(entity['associations']).filter(isJsonObject)
  const ofIssues = associations.filter(({ associationType: type }) => type === 'issueIdOrKeys' || type === 'issueKeys')
  const keys = [...listOf(entity['issueKeys']), ...ofIssues.flatMap(({ values }) => listOf(values))].map(String)
  const found = [...new Set(keys)].map((key) => ({ key, issue: findIssue(state, key) }))
  return {
    issueIds: [...new Set(found.flatMap(({ issue }) => issue?.id ?? []))],
    unknown: found.flatMap(({ key, issue }) => (issue === undefined ? key : [])),
    values: associations.reduce((sum, { values }) => sum + listOf(values).length, 0),
  }
}

/** The value if it is a list, else an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
