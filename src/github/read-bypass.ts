import type { BypassActor } from '../model/health.ts'
import type { Repository } from '../model/ref.ts'
import { at, callRest } from './call-rest.ts'
import { isJson, type Json, record } from './json.ts'
import type { Octokit } from './octokit.ts'

/**
 * Who may bypass a ruleset of the repository or its organisation, by an administrator's own token; null where GitHub does
 * not say: it gives `bypass_actors` to those alone who may write the ruleset
 * (https://docs.github.com/rest/repos/rules#get-a-repository-ruleset).
 */
export async function readBypass(
  admin: Octokit,
  repository: Repository,
  ruleset: number,
): Promise<readonly BypassActor[] | null> {
  const { status, data } = await callRest(admin, {
    route: 'GET /repos/{owner}/{repo}/rulesets/{ruleset_id}',
    parameters: { ...at(repository), ruleset_id: ruleset, includes_parents: true },
    expects: [401, 403, 404],
  })
  return status === 200 ? bypassIn(record(data, 'ruleset')) : null
}

/** The bypass list in a ruleset's answer; null where GitHub leaves it out. */
export function bypassIn({ bypass_actors: actors }: Json): readonly BypassActor[] | null {
  if (!Array.isArray(actors)) return null
  return actors.filter(isJson).map((actor) => ({
    type: String(actor['actor_type']),
    id: typeof actor['actor_id'] === 'number' ? actor['actor_id'] : null,
    onlyByPull: actor['bypass_mode'] === 'pull_request',
  }))
}
