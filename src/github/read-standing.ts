import type { People } from '../model/config-schema.ts'
import { Failed } from '../model/failure.ts'
import { found, type Lookup, unknown } from '../model/lookup.ts'
import type { Repository } from '../model/ref.ts'
import { at, callRest } from './call-rest.ts'
import { isJson } from './json.ts'
import type { Octokit } from './octokit.ts'
import { type Person, parseTeamName } from './parse-teams.ts'
import { readTeams } from './read-teams.ts'

/** Whether somebody is in one of these teams, or may write: one call, or none without a team. What can't be read is no yes. Users listed by login are not looked for. */
export async function readStanding(
  octokit: Octokit,
  repository: Repository,
  { people, person }: { readonly people: People; readonly person: Person },
): Promise<Lookup<boolean>> {
  if (people === 'nobody') return found(false)
  try {
    if (people === 'write-access') return found(await mayPush(octokit, repository, person))
    const teams = people.filter((entry) => parseTeamName(entry) !== null)
    const members = [...(await readTeams(octokit, teams, [person])).values()]
    if (members.some((team) => team.kind === 'found' && team.value.includes(person.id))) return found(true)
    return members.find((team) => team.kind === 'unknown') ?? found(false)
  } catch (error) {
    if (!(error instanceof Failed) || error.failure.kind === 'busy') throw error
    return unknown(error.failure.cause)
  }
}

async function mayPush(octokit: Octokit, repository: Repository, { id, login }: Person): Promise<boolean> {
  const { status, data } = await callRest(octokit, {
    route: 'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
    parameters: { ...at(repository), username: login },
    expects: [404],
  })
  const user = isJson(data) ? data['user'] : null
  const same = isJson(user) && user['id'] === id
  return status === 200 && same && isJson(data) && ['admin', 'write'].includes(String(data['permission']))
}
