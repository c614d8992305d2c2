import type * as agile from 'jira.js/agile'
import type * as cloud from 'jira.js/cloud'

/**
 * The functions of jira.js that Waybill calls. Its entry points load 1,750 files, 80 MB and most of a second; these
 * few files of it load the shapes of their own answers only. They stand beside the entry points in the package, which is
 * pinned; a test holds them against those.
 */
const issues: Pick<typeof cloud, 'bulkFetchIssues' | 'doTransition' | 'editIssue' | 'getIssue' | 'getTransitions'> =
  await import(beside('jira.js/cloud', 'issues'))
const issueComments: Pick<typeof cloud, 'addComment' | 'getComments' | 'updateComment'> = await import(
  beside('jira.js/cloud', 'issueComments')
)
const remoteLinks: Pick<typeof cloud, 'createOrUpdateRemoteIssueLink'> = await import(
  beside('jira.js/cloud', 'issueRemoteLinks')
)
const versions: Pick<typeof cloud, 'createVersion' | 'getProjectVersionsPaginated' | 'updateVersion'> = await import(
  beside('jira.js/cloud', 'projectVersions')
)
const builds: Pick<typeof agile, 'submitBuilds'> = await import(beside('jira.js/agile', 'builds'))
const deployments: Pick<typeof agile, 'deleteDeploymentByKey' | 'submitDeployments'> = await import(
  beside('jira.js/agile', 'deployments')
)
const development: Pick<typeof agile, 'deleteEntity' | 'storeDevelopmentInformation'> = await import(
  beside('jira.js/agile', 'developmentInformation')
)

export const { bulkFetchIssues, doTransition, editIssue, getIssue, getTransitions } = issues
export const { addComment, getComments, updateComment } = issueComments
export const { createOrUpdateRemoteIssueLink } = remoteLinks
export const { createVersion, getProjectVersionsPaginated, updateVersion } = versions
export const { submitBuilds } = builds
export const { deleteDeploymentByKey, submitDeployments } = deployments
export const { deleteEntity, storeDevelopmentInformation } = development

function beside(entry: string, area: string): string {
  return new URL(`./api/${area}.js`, import.meta.resolve(entry)).href
}
