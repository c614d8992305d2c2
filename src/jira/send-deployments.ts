import { submitDeployments } from 'jira.js/agile'
import { toDeployment } from './entities.ts'
import { listOf, objectOf } from './json.ts'
import type { Send } from './send.ts'
import { messagesOf, onePerReport, unknownIssues } from './unknown-issues.ts'

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
  const rejected = listOf(objectOf(answer)['rejectedDeployments']).flatMap((one) => {
    const { key, errors } = objectOf(one)
    const { pipelineId, deploymentSequenceNumber: number } = objectOf(key)
    const of = pairs.filter(
      ({ deployment }) => deployment.pipeline.id === pipelineId && deployment.deploymentSequenceNumber === number,
    )
    return of.map(({ report }) => ({ key: report.key, cause: messagesOf(errors) }))
  })
  return onePerReport([...rejected, ...unknownIssues(answer, reports)])
}
