import type { Repository } from '../model/ref.ts'
import type { ListedRepository } from '../reconcile/world/code.ts'
import { callRest } from './call-rest.ts'
import { child, integer, isJson, type Json, list, text } from './json.ts'
import { listConfigured } from './list-configured.ts'
import type { Octokit } from './octokit.ts'
import type { Reader } from './reader.ts'

/** The installations that are not suspended. */
export async function listInstallations(appOctokit: Octokit): Promise<readonly number[]> {
  const all = await allPages(appOctokit, 'GET /app/installations', (data) => (Array.isArray(data) ? data : []))
  return all.filter((one) => (one['suspended_at'] ?? null) === null).map((one) => integer(one, 'id'))
}

/** All repositories of an installation, and which of them hold a configuration file. */
export async function listRepositories(
  reader: Pick<Reader, 'octokitFor'>,
  installationId: number,
): Promise<readonly ListedRepository[]> {
  const octokit = await reader.octokitFor(installationId)
  const read = (data: unknown) => (isJson(data) ? list(data, 'repositories') : [])
  const listed = await allPages(octokit, 'GET /installation/repositories', read)
  const open = listed.filter((one) => !isClosed(one))
  const configured = await listConfigured(
    octokit,
    open.map((one) => text(one, 'node_id')),
  )
  return listed.map((one) => ({
    repository: parseListed(one, installationId),
    closed: isClosed(one),
    configured: configured.has(text(one, 'node_id')),
  }))
}

function parseListed(json: Json, installationId: number): Repository {
  const owner = text(child(json, 'owner'), 'login')
  return { installationId, id: integer(json, 'id'), owner, name: text(json, 'name') }
}

/** Nothing can be written there. */
function isClosed(json: Json): boolean {
  return json['archived'] === true || json['disabled'] === true
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
