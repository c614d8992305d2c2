import type { Report } from '../model/report.ts'
import { type DevinfoCommit, type DevinfoRepository, toBranch, toCommit, toPull } from './entities.ts'
import { devinfoId, fitText } from './fit.ts'
import { type Answered, gradeAll, messagesOf } from './grade-answer.ts'
import { listOf, objectOf } from './json.ts'
import { storeDevelopmentInformation } from './library.ts'
import type { Send } from './send.ts'

/** POST /rest/devinfo/0.10/bulk (https://developer.atlassian.com/cloud/jira/software/rest/api-group-development-information/). */
export const sendDevinfo: Send = async (client, reports) => {
  const groups = Map.groupBy(reports, ({ body }) => body.repository.id)
  const repositories = [...groups.values()].flatMap(toRepository)
  const past = reports.every(({ sending }) => sending === 'backfill')
  const answer: unknown = await storeDevelopmentInformation(client, {
    repositories,
    // A pull request may set off the triggers a workflow has for it; commits and the past set off nothing.
    preventTransitions: past || reports.some(({ body }) => body.kind === 'branch'),
    operationType: past ? 'BACKFILL' : 'NORMAL',
    providerMetadata: { product: 'Waybill' },
  })
  return gradeAll(
    answer,
    reports.map((report) => answeredOf(report, answer)),
  )
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
      commits: commitsOf(reports),
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

/** The commits of all branches, each once; so many branches go in one request that Jira's limit of 400 holds. */
function commitsOf(reports: readonly Report[]): DevinfoCommit[] {
  const commits = reports.flatMap(({ body, issueKeys, sequence }) => {
    if (body.kind !== 'branch') return []
    const { repository, branch } = body
    return [branch.commit, ...branch.earlier].map((entity) => toCommit({ repository, entity, issueKeys, sequence }))
  })
  return [...new Map(commits.map((commit) => [commit.id, commit])).values()]
}

function answeredOf(report: Report, answer: unknown): Answered {
  const { acceptedDevinfoEntities, failedDevinfoEntities } = objectOf(answer)
  const repository = String(report.body.repository.id)
  const list = report.body.kind === 'branch' ? 'branches' : 'pullRequests'
  const id = entityId(report.body)
  const failed = objectOf(objectOf(failedDevinfoEntities)[repository])
  const whole = listOf(failed['errorMessages'])
  const own = listOf(failed[list])
    .map(objectOf)
    .find((one) => one['id'] === id)
  const taken = listOf(objectOf(objectOf(acceptedDevinfoEntities)[repository])[list])
  return {
    report,
    accepted: acceptedDevinfoEntities === undefined || acceptedDevinfoEntities === null ? null : taken.includes(id),
    refused: whole.length > 0 ? messagesOf(whole) : own === undefined ? null : messagesOf(own['errorMessages']),
  }
}

function entityId(body: Report['body']): string | null {
  switch (body.kind) {
    case 'branch':
      return devinfoId(body.branch.name)
    case 'pull':
      return String(body.pull.number)
    case 'build':
    case 'deployment':
    case 'gone':
      return null
  }
}
