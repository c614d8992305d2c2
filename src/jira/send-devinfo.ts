import { storeDevelopmentInformation } from 'jira.js/agile'
import type { Report } from '../model/report.ts'
import type { RefusedReport } from '../reconcile/world.ts'
import { type DevinfoRepository, toBranch, toPull } from './entities.ts'
import { devinfoId, fitText } from './fit.ts'
import { listOf, objectOf } from './json.ts'
import type { Send } from './send.ts'
import { messagesOf, onePerReport, unknownIssues } from './unknown-issues.ts'

/** POST /rest/devinfo/0.10/bulk (https://developer.atlassian.com/cloud/jira/software/rest/api-group-development-information/). */
export const sendDevinfo: Send = async (client, reports) => {
  const groups = Map.groupBy(reports, ({ body }) => body.repository.id)
  const repositories = [...groups.values()].flatMap(toRepository)
  const providerMetadata = { product: 'Waybill' }
  const answer: unknown = await storeDevelopmentInformation(client, { repositories, providerMetadata })
  const { failedDevinfoEntities } = objectOf(answer)
  const failed = reports.flatMap((report) => failuresOf(report, objectOf(failedDevinfoEntities)))
  return onePerReport([...failed, ...unknownIssues(answer, reports)])
}

/** The reports of one repository, newest name and address first. */
function toRepository(reports: readonly Report[]): readonly DevinfoRepository[] {
  const newest = reports.toSorted((one, other) => other.sequence - one.sequence)[0]
  if (newest === undefined) return []
  const { id, fullName, url } = newest.body.repository
  return [
    {
      id: String(id),
      name: fitText(fullName, 255, String(id)),
      url,
      updateSequenceId: newest.sequence,
      branches: reports.flatMap(({ body, issueKeys, sequence }) =>
        body.kind === 'branch'
          ? [toBranch({ repository: body.repository, entity: body.branch, issueKeys, sequence })]
          : [],
      ),
      pullRequests: reports.flatMap(({ body, issueKeys, sequence }) =>
        body.kind === 'pull' ? [toPull({ repository: body.repository, entity: body.pull, issueKeys, sequence })] : [],
      ),
    },
  ]
}

function failuresOf(
  { key, body }: Report,
  failed: { readonly [repository: string]: unknown },
): readonly RefusedReport[] {
  const { errorMessages, branches, pullRequests } = objectOf(failed[String(body.repository.id)])
  const whole = listOf(errorMessages)
  if (whole.length > 0) return [{ key, cause: messagesOf(whole) }]
  const own = body.kind === 'branch' ? listOf(branches) : listOf(pullRequests)
  return own
    .map(objectOf)
    .filter(({ id }) => id === entityId(body))
    .map(({ errorMessages: messages }) => ({ key, cause: messagesOf(messages) }))
}

function entityId(body: Report['body']): string | null {
  switch (body.kind) {
    case 'branch':
      return devinfoId(body.branch.name)
    case 'pull':
      return String(body.pull.number)
    case 'build':
    case 'deployment':
      return null
  }
}
