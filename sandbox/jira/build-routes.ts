import { Hono } from 'hono'
import { type JsonObject, jsonObjectAt } from '../json-schema.ts'
import { listOf } from './associated-issues.ts'
import { keepAll } from './bulk-entities.ts'
import type { ContractVariables } from './contract-check.ts'
import { removeUpTo } from './panels-state.ts'
import { bulkError, keysInAnswer, shownEntity, upTo } from './provider-answers.ts'
import { faultOfProperties } from './provider-properties.ts'
import type { JiraState } from './state.ts'

/** The builds API. A build is its pipeline and number. */
export function buildRoutes(state: JiraState): Hono<ContractVariables> {
  const app = new Hono<ContractVariables>()
  const kept = state.panels.builds

  app.post('/bulk', async (c) => {
    const body = jsonObjectAt(await c.req.json())
    const fault = faultOfProperties(body)
    if (fault !== undefined) return bulkError(c, fault)
    const { accepted, rejected, unknownKeys } = keepAll({
      state,
      kept,
      entities: listOf(body['builds']),
      pointer: '/builds',
      refused: c.get('refused'),
      identify: (build) => keyOf(build['pipelineId'], build['buildNumber']),
      faultsOf: (build) => (build['displayName'] === '' ? ["'displayName' is required"] : []),
      sequence: 'updateSequenceNumber',
    })
    const acceptedBuilds = accepted.map(answerKey)
    const rejectedBuilds = rejected.map(({ entity, errors }) => ({ key: answerKey(entity), errors }))
    return c.json({ acceptedBuilds, rejectedBuilds, unknownIssueKeys: keysInAnswer(unknownKeys) }, 202)
  })

  app.get('/pipelines/:pipeline/builds/:number', (c) => {
    const found = kept.get(keyOf(c.req.param('pipeline'), c.req.param('number')))
    return shownEntity(c, state, found)
  })

  app.delete('/pipelines/:pipeline/builds/:number', (c) => {
    removeUpTo(kept, keyOf(c.req.param('pipeline'), c.req.param('number')), upTo(c.req.query('_updateSequenceNumber')))
    return new Response(null, { status: 202 })
  })

  return app
}

function keyOf(pipeline: unknown, number: unknown): string {
  return JSON.stringify([pipeline, Number(number)])
}

function answerKey({ pipelineId, buildNumber }: JsonObject): JsonObject {
  return { pipelineId, buildNumber }
}
