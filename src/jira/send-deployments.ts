import { toDeployment } from './entities.ts'
import { gradeAll, messagesOf } from './grade-answer.ts'
import { listOf, objectOf } from './json.ts'
import { submitDeployments } from './library.ts'
import type { Send } from './send.ts'

/** POST /rest/deployments/0.1/bulk (https://developer.atlassian.com/cloud/jira/software/rest/api-group-deployments/). */
export const sendDeployments: Send = async (client, reports) => {
  const pairs = reports.flatMap((report) => {
    const { body, issueKeys, sequence } = report
    if (body.kind !== 'deployment') return []
    const { repository, deployment: entity } = body
    return [{ report, deployment: toDeployment({ repository, entity, issueKeys, sequence }) }]
  })
  const deployments = pairs.map(({ deployment }) => deployment)
  const answer: unknown = await submitDeployments(client, { deployments, providerMetadata: { product: 'Waybill' } })
  const { acceptedDeployments, rejectedDeployments } = objectOf(answer)
  return gradeAll(
    answer,
    pairs.map(({ report, deployment }) => {
      const isIt = (key: unknown) => {
        const { pipelineId, environmentId, deploymentSequenceNumber: number } = objectOf(key)
        if (number !== deployment.deploymentSequenceNumber || pipelineId !== deployment.pipeline.id) return false
        return environmentId === deployment.environment.id
      }
      const rejected = listOf(rejectedDeployments)
        .map(objectOf)
        .find(({ key }) => isIt(key))
      const accepted = Array.isArray(acceptedDeployments) ? acceptedDeployments.some(isIt) : null
      return { report, accepted, refused: rejected === undefined ? null : messagesOf(rejected['errors']) }
    }),
  )
}
