import type { Repository } from '../model/ref.ts'
import { callRest } from './call-rest.ts'
import { child, integer, record, text } from './json.ts'
import type { Octokit } from './octokit.ts'

export type FoundRepository = { readonly repository: Repository; readonly defaultBranch: string }

/** The repository of this name as our installation there sees it; null when the App is not installed there. Rejects with `Failed`. */
export async function findRepository(
  appOctokit: Octokit,
  octokitFor: (installationId: number) => Promise<Octokit>,
  name: { readonly owner: string; readonly repo: string },
): Promise<FoundRepository | null> {
  const route = 'GET /repos/{owner}/{repo}/installation'
  const answer = await callRest(appOctokit, { route, parameters: name, expects: [404] })
  if (answer.status === 404) return null
  const installationId = integer(record(answer.data, 'installation'), 'id')
  const octokit = await octokitFor(installationId)
  const { data } = await callRest(octokit, { route: 'GET /repos/{owner}/{repo}', parameters: name })
  const json = record(data, 'repository')
  const repository = {
    installationId,
    id: integer(json, 'id'),
    owner: text(child(json, 'owner'), 'login'),
    name: text(json, 'name'),
  }
  return { repository, defaultBranch: text(json, 'default_branch') }
}
