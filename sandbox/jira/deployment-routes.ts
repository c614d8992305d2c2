import { Hono } from 'hono'
import { type JsonObject, jsonObjectAt } from '../json-schema.ts'
import { type AssociatedIssues, listOf } from './associated-issues.ts'
import { keepAll } from './bulk-entities.ts'
import type { ContractVariables } from './contract-check.ts'
import { type Entity, removeUpTo } from './panels-state.ts'
import { bulkError, keysInAnswer, shownEntity, upTo } from './provider-answers.ts'
import { faultOfProperties } from './provider-properties.ts'
import type { JiraState } from './state.ts'

const path = '/pipelines/:pipeline/environments/:environment/deployments/:number'

/** The deployments API. A deployment is its pipeline, environment and number. */
export function deploymentRoutes(state: JiraState): Hono<ContractVariables> {
  const app = new Hono<ContractVariables>()
  const kept = state.panels.deployments

  app.post('/bulk', async (c) => {
    const body = jsonObjectAt(await c.req.json())
    const fault = faultOfProperties(body)
    if (fault !== undefined) return bulkError(c, fault)
    const entities = listOf(body['deployments'])
    const { accepted, rejected, unknownKeys } = keepAll({
      state,
      kept,
      entities,
      pointer: '/deployments',
      refused: c.get('refused'),
      identify: (one) => keyOf({ ...answerKey(one) }),
      faultsOf,
      sequence: 'updateSequenceNumber',
    })
    const unknown = { associationType: 'issueIdOrKeys', values: unknownKeys }
    const answer = {
      acceptedDeployments: accepted.map(answerKey),
      rejectedDeployments: rejected.map(({ entity, errors }) => ({ key: answerKey(entity), errors })),
      unknownIssueKeys: keysInAnswer(unknownKeys),
      unknownAssociations: unknownKeys.length === 0 ? [] : [unknown],
    }
    return c.json(answer, 202)
  })

  app.get(path, (c) => shownEntity(c, state, find(kept, c.req.param())))

  app.delete(path, (c) => {
    const { pipeline, environment, number } = c.req.param()
    const key = keyOf({ pipelineId: pipeline, environmentId: environment, deploymentSequenceNumber: Number(number) })
    removeUpTo(kept, key, upTo(c.req.query('_updateSequenceNumber')))
    return new Response(null, { status: 202 })
  })

  app.get(`${path}/gating-status`, (c) => {
    const found = find(kept, c.req.param())
    if (found === undefined) return shownEntity(c, state, undefined)
    const gated = listOf(found.value['commands']).some(
      (one) => jsonObjectAt(one)['command'] === 'initiate_deployment_gating',
    )
    const updatedTimestamp = new Date(state.now()).toISOString()
    const gatingStatus = gated ? 'awaiting' : 'invalid'
    return c.json({ ...answerKey(found.value), gatingStatus, updatedTimestamp, details: [] })
  })

  return app
}

type PathParameters = { readonly pipeline: string; readonly environment: string; readonly number: string }

function find(
  kept: ReadonlyMap<string, Entity>,
  { pipeline, environment, number }: PathParameters,
): Entity | undefined {
  return kept.get(keyOf({ pipelineId: pipeline, environmentId: environment, deploymentSequenceNumber: Number(number) }))
}

function keyOf({ pipelineId, environmentId, deploymentSequenceNumber }: JsonObject): string {
  return JSON.stringify([pipelineId, environmentId, deploymentSequenceNumber])
}

function answerKey(deployment: JsonObject): JsonObject {
  const { deploymentSequenceNumber } = deployment
  const pipelineId = jsonObjectAt(deployment, 'pipeline')['id']
  const environmentId = jsonObjectAt(deployment, 'environment')['id']
  return { pipelineId, environmentId, deploymentSequenceNumber }
}

function faultsOf(deployment: JsonObject, { values }: AssociatedIssues): readonly string[] {
  const required = ['description', 'displayName'].filter((name) => deployment[name] === '')
  return [
    ...required.map((name) => `'${name}' is required`),
    ...(values > 500 ? ['A deployment has at most 500 associations.'] : []),
  ]
}
