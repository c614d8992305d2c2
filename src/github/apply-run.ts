import type { AnswerRun } from '../model/deployment-effects.ts'
import { absent } from '../model/lookup.ts'
import { at, callRest } from './call-rest.ts'
import type { Applies } from './writer.ts'

/**
 * An answer of our deployment protection rule, or a report while it waits
 * (docs.github.com/actions/how-tos/deploy/configure-and-manage-deployments/create-custom-protection-rules). GitHub
 * refuses with 422 what needs no answer any more.
 */
export const applyRun: Applies<AnswerRun> = {
  write: async ({ octokit, repository }, { runId, environment, state, comment }) => {
    await callRest(octokit, {
      route: 'POST /repos/{owner}/{repo}/actions/runs/{run_id}/deployment_protection_rule',
      parameters: {
        ...at(repository),
        run_id: runId,
        environment_name: environment,
        ...(state !== null && { state }),
        comment,
      },
      expects: [422],
    })
    return { id: runId, sha: null }
  },
  // GitHub lists no reports of rules, and takes an answer twice without harm.
  look: async () => absent,
}
