import { toBuild } from './entities.ts'
import { gradeAll, messagesOf } from './grade-answer.ts'
import { listOf, objectOf } from './json.ts'
import { submitBuilds } from './library.ts'
import type { Send } from './send.ts'

/** POST /rest/builds/0.1/bulk (https://developer.atlassian.com/cloud/jira/software/rest/api-group-builds/). */
export const sendBuilds: Send = async (client, reports) => {
  const pairs = reports.flatMap((report) => {
    const { body, issueKeys, sequence } = report
    if (body.kind !== 'build') return []
    return [{ report, build: toBuild({ repository: body.repository, entity: body.build, issueKeys, sequence }) }]
  })
  const builds = pairs.map(({ build }) => build)
  const answer: unknown = await submitBuilds(client, { builds, providerMetadata: { product: 'Waybill' } })
  const { acceptedBuilds, rejectedBuilds } = objectOf(answer)
  return gradeAll(
    answer,
    pairs.map(({ report, build }) => {
      const isIt = (key: unknown) => {
        const { pipelineId, buildNumber } = objectOf(key)
        return pipelineId === build.pipelineId && buildNumber === build.buildNumber
      }
      const rejected = listOf(rejectedBuilds)
        .map(objectOf)
        .find(({ key }) => isIt(key))
      const accepted = Array.isArray(acceptedBuilds) ? acceptedBuilds.some(isIt) : null
      return { report, accepted, refused: rejected === undefined ? null : messagesOf(rejected['errors']) }
    }),
  )
}
