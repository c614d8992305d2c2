import { submitBuilds } from 'jira.js/agile'
import { toBuild } from './entities.ts'
import { listOf, objectOf } from './json.ts'
import type { Send } from './send.ts'
import { messagesOf, onePerReport, unknownIssues } from './unknown-issues.ts'

/** POST /rest/builds/0.1/bulk (https://developer.atlassian.com/cloud/jira/software/rest/api-group-builds/). */
export const sendBuilds: Send = async (client, reports) => {
  const pairs = reports.flatMap((report) => {
    const { body, issueKeys, sequence } = report
    if (body.kind !== 'build') return []
    return [{ report, build: toBuild({ repository: body.repository, entity: body.build, issueKeys, sequence }) }]
  })
  const builds = pairs.map(({ build }) => build)
  const answer: unknown = await submitBuilds(client, { builds, providerMetadata: { product: 'Waybill' } })
  const rejected = listOf(objectOf(answer)['rejectedBuilds']).flatMap((one) => {
    const { key, errors } = objectOf(one)
    const { pipelineId, buildNumber } = objectOf(key)
    const of = pairs.filter(({ build }) => build.pipelineId === pipelineId && build.buildNumber === buildNumber)
    return of.map(({ report }) => ({ key: report.key, cause: messagesOf(errors) }))
  })
  return onePerReport([...rejected, ...unknownIssues(answer, reports)])
}
