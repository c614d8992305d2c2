import type { ConfigRead } from '../model/config-read.ts'
import { Failed } from '../model/failure.ts'
import { childOrNull } from './json.ts'
import { keep } from './known.ts'
import type { Octokit } from './octokit.ts'
import { parseTeamName } from './parse-teams.ts'
import { runQuery } from './run-query.ts'

/** Names asked about in one query. */
const mostNames = 50

/**
 * The users and teams of `merge.approvers`, and of `policy-owners` where these are asked, that GitHub positively does not know: one
 * query for each state of the file and process, and again each time while there are any, which may be made any day. A team that GitHub hides, or an
 * answer that fails, says nothing.
 */
export async function readNoApprovers(
  octokit: Octokit,
  { config, ownersAsked }: { readonly config: ConfigRead; readonly ownersAsked: boolean },
  known: Map<string, readonly string[]>,
): Promise<readonly string[]> {
  const names = namesIn(config, ownersAsked).slice(0, mostNames)
  if (names.length === 0) return []
  const key = names.join(' ')
  const before = known.get(key)
  if (before !== undefined) return before
  try {
    const answer = await runQuery(octokit, {
      name: 'WaybillApprovers',
      text: approversQuery(names),
      variables: Object.fromEntries(names.flatMap((name, at) => variablesOf(name, at))),
      mayMiss: (path) => /^name\d+(\.|$)/.test(path),
    })
    const unknown = names.filter((name, at) => {
      const hidden = [...answer.missed].some(([path, type]) => path.startsWith(`name${at}`) && type !== 'NOT_FOUND')
      if (hidden) return false
      const json = childOrNull(answer.data, `name${at}`)
      if (parseTeamName(name) === null) return json === null
      // Without the permission to see an organisation's teams GitHub says that the organisation is not there.
      return json !== null && childOrNull(json, 'team') === null
    })
    if (unknown.length === 0) keep(known, key, unknown)
    return unknown
  } catch (error) {
    if (!(error instanceof Failed) || error.failure.kind === 'busy') throw error
    return []
  }
}

function namesIn(config: ConfigRead, ownersAsked: boolean): readonly string[] {
  if (config.kind !== 'valid') return []
  const { merge, 'policy-owners': owners } = config.config
  return [...new Set([...(typeof merge.approvers === 'string' ? [] : merge.approvers), ...(ownersAsked ? owners : [])])]
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
