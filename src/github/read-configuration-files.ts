import type { Repository } from '../model/ref.ts'
import { type FileRead, parseConfigurationFile } from './configuration-file.ts'
import { configurationFragment, organisationPart } from './fragments.ts'
import { child, childOrNull, type Json } from './json.ts'
import type { Octokit } from './octokit.ts'
import { missing, parseOrganisation } from './reader.ts'
import { runQuery } from './run-query.ts'

export type ConfigurationFiles = { readonly own: FileRead; readonly organisation: FileRead }

/** The default branch's own file and the organisation's, as they stand. One query. */
export async function readConfigurationFiles(
  octokit: Octokit,
  { owner, name }: Repository,
): Promise<ConfigurationFiles> {
  const query = { name: 'WaybillConfigurationFiles', text: configurationFilesQuery, variables: { owner, name } }
  const answer = await runQuery(octokit, { ...query, mayMiss: missing() })
  const organisation = parseOrganisation(answer)
  const none: FileRead = { kind: 'absent' }
  return {
    own: fileOn(child(answer.data, 'repository')),
    organisation: organisation === null ? none : fileOn(organisation),
  }
}

function fileOn(repository: Json): FileRead {
  const ref = childOrNull(repository, 'defaultBranchRef')
  return parseConfigurationFile(ref === null ? null : childOrNull(ref, 'target'), 'default branch')
}

export const configurationFilesQuery = `
query WaybillConfigurationFiles($owner: String!, $name: String!) {
  ${organisationPart}
  repository(owner: $owner, name: $name) {
    databaseId
    defaultBranchRef { name target { __typename oid ...WaybillConfiguration } }
  }
}
${configurationFragment}`
