import { childOrNull } from './json.ts'
import type { Octokit } from './octokit.ts'
import { parseTeamName } from './parse-teams.ts'
import { runQuery } from './run-query.ts'

/** Names asked about in one query. */
const mostNames = 50

/** Which of these users and teams GitHub positively does not know. A team that it hides is none of them. Rejects with `Failed`. */
export async function readUnknownNames(octokit: Octokit, names: readonly string[]): Promise<readonly string[]> {
  const unknown: string[] = []
  for (let at = 0; at < names.length; at += mostNames) {
    unknown.push(...(await readSome(octokit, names.slice(at, at + mostNames))))
  }
  return unknown
}

async function readSome(octokit: Octokit, names: readonly string[]): Promise<readonly string[]> {
  const { data, missed } = await runQuery(octokit, {
    name: 'WaybillApprovers',
    text: approversQuery(names),
    variables: Object.fromEntries(names.flatMap((name, at) => variablesOf(name, at))),
    mayMiss: (path) => /^name\d+(\.|$)/.test(path),
  })
  return names.filter((name, at) => {
    const hidden = [...missed].some(([path, type]) => path.split('.')[0] === `name${at}` && type !== 'NOT_FOUND')
    if (hidden) return false
    const json = childOrNull(data, `name${at}`)
    if (parseTeamName(name) === null) return json === null
    // Without the permission to see an organisation's teams GitHub says that the organisation is not there.
    return json !== null && childOrNull(json, 'team') === null
  })
}

/** One field for each name: variables `login0`, or `org0` and `slug0`; answers under `name0`, … */
export function approversQuery(names: readonly string[]): string {
  const variables = names.map((name, at) =>
    parseTeamName(name) === null ? `$login${at}: String!` : `$org${at}: String!, $slug${at}: String!`,
  )
  const fields = names.map((name, at) =>
    parseTeamName(name) === null
      ? `name${at}: user(login: $login${at}) { databaseId }`
      : `name${at}: organization(login: $org${at}) { team(slug: $slug${at}) { databaseId } }`,
  )
  return `
query WaybillApprovers(${variables.join(', ')}) {
  ${fields.join('\n  ')}
}`
}

function variablesOf(name: string, at: number): readonly (readonly [string, string])[] {
  const team = parseTeamName(name)
  if (team === null) return [[`login${at}`, name]]
  return [
    [`org${at}`, team.org],
    [`slug${at}`, team.slug],
  ]
}
