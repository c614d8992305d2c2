import { Hono } from 'hono'
import { type JsonObject, jsonObjectAt } from '../json-schema.ts'
import { listOf } from './associated-issues.ts'
import type { ContractVariables, RefusedEntities } from './contract-check.ts'
import { keepRepository } from './keep-repository.ts'
import { createRepository, type Entity, type EntityType, type Repository, removeUpTo } from './panels-state.ts'
import { bulkError, keysOf, upTo } from './provider-answers.ts'
import { faultOfProperties } from './provider-properties.ts'
import type { JiraState } from './state.ts'

type SentRepositories = {
  readonly state: JiraState
  readonly sent: readonly JsonObject[]
  readonly properties: JsonObject
  readonly refused: RefusedEntities
}

/** The development information API: branches, commits and pull requests by repository. */
export function devinfoRoutes(state: JiraState): Hono<ContractVariables> {
  const app = new Hono<ContractVariables>()
  const { repositories } = state.panels

  app.post('/bulk', async (c) => {
    const body = jsonObjectAt(await c.req.json())
    const sent = listOf(body['repositories']).map((one) => jsonObjectAt(one))
    const fault = faultOfProperties(body) ?? faultOfSize(sent)
    if (fault !== undefined) return bulkError(c, fault)
    const properties = jsonObjectAt(body, 'properties')
    return c.json(keepRepositories({ state, sent, properties, refused: c.get('refused') }), 202)
  })

  app.get('/repository/:id', (c) => {
    const repository = repositories.get(c.req.param('id'))
    if (repository === undefined) return c.json({ errorMessages: ['No such repository.'], errors: {} }, 404)
    return c.json(repositoryAnswer(state, repository))
  })

  app.delete('/repository/:id', (c) => {
    const sequence = upTo(c.req.query('_updateSequenceId')) ?? Number.POSITIVE_INFINITY
    const repository = repositories.get(c.req.param('id'))
    if (repository !== undefined && repository.sequence <= sequence) repositories.delete(c.req.param('id'))
    return new Response(null, { status: 202 })
  })

  app.delete('/repository/:id/:type{branch|commit|pull_request}/:entity', (c) => {
    const { id, type, entity } = c.req.param()
    const entities = repositories.get(id)?.entities
    if (entities !== undefined && isEntityType(type)) {
      removeUpTo(entities[type], entity, upTo(c.req.query('_updateSequenceId')))
    }
    return new Response(null, { status: 202 })
  })

  app.get('/existsByProperties', (c) => {
    const asked = Object.entries(c.req.query()).filter(([name]) => !name.startsWith('_'))
    if (asked.length === 0) return bulkError(c, 'At least one property is needed.')
    const matching = [...repositories.values()].some(({ properties }) =>
      asked.every(([name, value]) => properties[name] === value),
    )
    return c.json({ hasDataMatchingProperties: matching })
  })

  return app
}

function keepRepositories({ state, sent, ...shared }: SentRepositories): JsonObject {
  const { repositories } = state.panels
  const results = sent.map((value, index) => {
    const id = String(value['id'])
    const repository = repositories.get(id) ?? createRepository()
    repositories.set(id, repository)
    return { id, ...keepRepository({ state, repository, value, index, ...shared }) }
  })
  return {
    acceptedDevinfoEntities: Object.fromEntries(results.map(({ id, accepted }) => [id, accepted])),
    failedDevinfoEntities: Object.fromEntries(results.flatMap(({ id, failed }) => (failed ? [[id, failed]] : []))),
    unknownIssueKeys: [...new Set(results.flatMap(({ unknownKeys }) => unknownKeys))],
  }
}

function isEntityType(type: string): type is EntityType {
  return type === 'branch' || type === 'commit' || type === 'pull_request'
}

/** 1000 entities in all (https://developer.atlassian.com/cloud/jira/software/rest/api-group-development-information/). */
function faultOfSize(repositories: readonly JsonObject[]): string | undefined {
  const entities = repositories.flatMap((one) =>
    ['branches', 'commits', 'pullRequests'].flatMap((name) => listOf(one[name])),
  )
  return entities.length > 1000 ? 'At most 1000 entities are allowed in one request.' : undefined
}

function repositoryAnswer(state: JiraState, { value, entities }: Repository): JsonObject {
  const shown = (kept: ReadonlyMap<string, Entity>) =>
    [...kept.values()].slice(-400).map((entity) => ({ ...entity.value, issueKeys: keysOf(state, entity) }))
  const pullRequests = shown(entities.pull_request)
  return { ...value, branches: shown(entities.branch), commits: shown(entities.commit), pullRequests }
}
