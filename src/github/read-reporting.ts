import type { Config } from '../model/config-schema.ts'
import type { Deployment } from '../model/deployment.ts'
import type { Reporting } from '../model/reporter.ts'
import type { LineSource } from './line-page.ts'
import { parseTeamName } from './parse-teams.ts'
import { readTeams } from './read-teams.ts'

/** Which of those who reported are in a team that may; one query, and only where a team is named. */
export async function readReporting(
  { octokit }: Pick<LineSource, 'octokit'>,
  { config, deployments }: { readonly config: Config; readonly deployments: readonly Deployment[] },
): Promise<Reporting> {
  const named = config.environments.flatMap(({ reporters }) => (typeof reporters === 'string' ? [] : reporters))
  const teams = [...new Set(named.filter((name) => parseTeamName(name) !== null))]
  const people = deployments.flatMap(({ statuses }) => {
    return statuses.flatMap(({ by }) => (by !== null && by !== 'waybill' && by.kind === 'user' ? [by] : []))
  })
  return readTeams(octokit, teams, [...new Map(people.map((one) => [one.id, one])).values()])
}
