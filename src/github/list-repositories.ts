import { Failed } from '../model/failure.ts'
import type { Repository } from '../model/ref.ts'
import { callRest } from './call-rest.ts'
import { child, integer, isJson, type Json, list, text } from './json.ts'
import type { Octokit } from './octokit.ts'
import type { Reader } from './reader.ts'

/** Every repository of every installation that is not suspended; archived ones are left out, nothing can be written there. */
export async function listRepositories(reader: Reader, appOctokit: Octokit): Promise<readonly Repository[]> {
  const installations = await allPages(appOctokit, 'GET /app/installations', (data) =>
    Array.isArray(data) ? data : [],
  )
  const repositories: Repository[] = []
  for (const installation of installations.filter(
    (one) => one['suspended_at'] === null || one['suspended_at'] === undefined,
  )) {
    repositories.push(...(await listOne(reader, integer(installation, 'id'))))
  }
  return repositories
}

/** An installation that can't be read now must not keep the others from being looked at. */
async function listOne(reader: Reader, installationId: number): Promise<readonly Repository[]> {
  try {
    const octokit = await reader.octokitFor(installationId)
    const read = (data: unknown) => (isJson(data) ? list(data, 'repositories') : [])
    const repositories = await allPages(octokit, 'GET /installation/repositories', read)
    return repositories
      .filter((json) => json['archived'] !== true && json['disabled'] !== true)
      .map((json) => ({
        installationId,
        id: integer(json, 'id'),
        owner: text(child(json, 'owner'), 'login'),
        name: text(json, 'name'),
      }))
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    reader.log.warn({ installationId, cause: error.failure.cause }, 'an installation was left out of the list')
    return []
  }
}

async function allPages(
  octokit: Octokit,
  route: string,
  read: (data: unknown) => readonly unknown[],
): Promise<readonly Json[]> {
  const all: Json[] = []
  for (let page = 1; ; page++) {
    const { data } = await callRest(octokit, { route, parameters: { per_page: 100, page } })
    const items = read(data)
    all.push(...items.filter(isJson))
    if (items.length < 100) return all
  }
}
