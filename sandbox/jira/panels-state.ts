import type { JsonObject } from '../json-schema.ts'

/** One entity that a provider told Jira about, in its newest state. */
export type Entity = {
  readonly sequence: number
  /** The ids of the issues it is shown at. */
  readonly issueIds: readonly string[]
  /** As it was sent. */
  readonly value: JsonObject
}

export type EntityType = 'branch' | 'commit' | 'pull_request'

export type Repository = {
  sequence: number
  /** As it was sent, without its entities. */
  value: JsonObject
  properties: JsonObject
  readonly entities: { readonly [type in EntityType]: Map<string, Entity> }
}

/** What the development, builds and deployments panels show. Builds and deployments are held by their identity. */
export type Panels = {
  readonly repositories: Map<string, Repository>
  readonly builds: Map<string, Entity>
  readonly deployments: Map<string, Entity>
}

export function createPanels(): Panels {
  return { repositories: new Map(), builds: new Map(), deployments: new Map() }
}

export function createRepository(): Repository {
  return {
    sequence: Number.NEGATIVE_INFINITY,
    value: {},
    properties: {},
    entities: { branch: new Map(), commit: new Map(), pull_request: new Map() },
  }
}

/**
 * Only a greater sequence replaces what is there; an older or equal one is accepted and ignored
 * (https://developer.atlassian.com/cloud/jira/software/rest/api-group-builds/#api-rest-builds-0-1-bulk-post).
 */
export function keepNewest(entities: Map<string, Entity>, key: string, entity: Entity): void {
  const known = entities.get(key)
  if (known === undefined || entity.sequence > known.sequence) entities.set(key, entity)
}

/** With a sequence, only what is not newer is deleted. */
export function removeUpTo(entities: Map<string, Entity>, key: string, sequence: number | undefined): void {
  const known = entities.get(key)
  if (known !== undefined && (sequence === undefined || known.sequence <= sequence)) entities.delete(key)
}

/** The entities shown at an issue, in the order in which they were first told. */
export function shownAt(entities: Map<string, Entity>, issueId: string): readonly JsonObject[] {
  return [...entities.values()].filter((one) => one.issueIds.includes(issueId)).map((one) => one.value)
}

/** All of a kind over all repositories. */
export function allOf(panels: Panels, type: EntityType): Map<string, Entity> {
  return new Map(
    [...panels.repositories].flatMap(([repository, { entities }]) =>
      [...entities[type]].map(([id, entity]) => [`${repository} ${id}`, entity] as const),
    ),
  )
}
