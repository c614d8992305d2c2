import { Failed } from '../model/failure.ts'
import { found, type Lookup, unknown } from '../model/lookup.ts'
import { callRest } from './call-rest.ts'
import { isJson } from './json.ts'
import type { Octokit } from './octokit.ts'
import { type Person, parseTeam, parseTeamName, type TeamRead } from './parse-teams.ts'
import type { QueryAnswer } from './run-query.ts'
import { runQuery } from './run-query.ts'
import { teamsQuery } from './teams-query.ts'

export type Members = ReadonlyMap<string, Lookup<readonly number[]>>

/** For each `@org/team`, the ids of those `people` who are in it: one query, more only for teams of over 100 members. */
export async function readTeams(
  octokit: Octokit,
  teams: readonly string[],
  people: readonly Person[],
): Promise<Members> {
  if (teams.length === 0) return new Map()
  if (people.length === 0) return new Map(teams.map((team) => [team, found([])]))
  try {
    const query = { name: 'WaybillTeams', text: teamsQuery(teams.length), variables: teamVariables(teams) }
    return await finishTeams(octokit, {
      teams,
      people,
      answer: await runQuery(octokit, { ...query, mayMiss: isTeamPath }),
    })
  } catch (error) {
    if (!(error instanceof Failed) || error.failure.kind === 'busy') throw error
    return new Map(teams.map((team) => [team, unknown(error.failure.cause)]))
  }
}

/** Reads the teams out of an answer that holds them, and asks about the people of those that are too large for it. */
export async function finishTeams(
  octokit: Octokit,
  {
    teams,
    people,
    answer,
  }: { readonly teams: readonly string[]; readonly people: readonly Person[]; readonly answer: QueryAnswer },
): Promise<Members> {
  const members = new Map<string, Lookup<readonly number[]>>()
  for (const [index, team] of teams.entries()) {
    const read: TeamRead = parseTeam(answer.data, { index, missed: answer.missed, people })
    members.set(team, read.kind === 'many' ? await askOneByOne(octokit, team, people) : read)
  }
  return members
}

export function isTeamPath(path: string): boolean {
  return /^team\d+(\.|$)/.test(path)
}

export function teamVariables(teams: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    teams.flatMap((team, index) => {
      const name = parseTeamName(team) ?? { org: '', slug: '' }
      return [
        [`org${index}`, name.org],
        [`slug${index}`, name.slug],
      ]
    }),
  )
}

/** The team is known to be readable, so a 404 says that the person is not in it. */
async function askOneByOne(
  octokit: Octokit,
  team: string,
  people: readonly Person[],
): Promise<Lookup<readonly number[]>> {
  const name = parseTeamName(team)
  if (name === null) return found([])
  const inside: number[] = []
  for (const person of people) {
    const { status, data } = await callRest(octokit, {
      route: 'GET /orgs/{org}/teams/{team_slug}/memberships/{username}',
      parameters: { org: name.org, team_slug: name.slug, username: person.login },
      expects: [404],
    })
    if (status === 200 && isJson(data) && data['state'] === 'active') inside.push(person.id)
  }
  return found(inside)
}
