import type { CreateDeployment } from '../model/effect.ts'
import { Failed } from '../model/failure.ts'
import { absent, found } from '../model/lookup.ts'
import { cut } from './apply-check.ts'
import { at, callRest } from './call-rest.ts'
import { parseRestDeployment } from './parse-deployment.ts'
import type { Applies, Writer } from './writer.ts'

/** GitHub's limit for a description, in characters. */
const longest = 140

/** A deployment of a tag. What GitHub made of it is compared: only the commit that was approved is deployed. */
export const applyDeployment: Applies<CreateDeployment> = {
  write: async (writer, effect) => {
    const { octokit, repository, crashpoint } = writer
    const { claim, sha, type, description } = effect
    const route = 'POST /repos/{owner}/{repo}/deployments'
    const { status, data } = await callRest(octokit, {
      route,
      parameters: {
        ...at(repository),
        ref: claim.tag,
        environment: claim.environment,
        description: cut(description, longest),
        payload: { waybill: claim },
        auto_merge: false,
        required_contexts: [],
        production_environment: type === 'production',
        transient_environment: false,
      },
    })
    crashpoint('deployment.after-write')
    if (status !== 201)
      throw new Failed({ kind: 'bug', call: route, cause: `GitHub answered ${status}, which is no deployment` })
    const made = parseRestDeployment(data)
    if (made.sha !== sha) await disown(writer, made.id, { route, tag: claim.tag })
    return { id: made.id, sha: made.sha }
  },
  look: async (writer, { claim, sha }) => {
    const { octokit, repository } = writer
    const { environment, tag, attempt } = claim
    const route = 'GET /repos/{owner}/{repo}/deployments'
    const { data } = await callRest(octokit, {
      route,
      parameters: { ...at(repository), environment, ref: tag, per_page: 100 },
    })
    const deployments = Array.isArray(data) ? data.map(parseRestDeployment) : []
    const ours = deployments.find(
      (one) => one.claim?.environment === environment && one.claim.tag === tag && one.claim.attempt === attempt,
    )
    if (ours !== undefined && ours.sha !== sha) await disown(writer, ours.id, { route, tag })
    return ours === undefined ? absent : found({ id: ours.id, sha: ours.sha })
  },
}

/** The tag stands elsewhere than it did: whoever carries the deployment out must not take it for good. */
async function disown(
  { octokit, repository }: Writer,
  id: number,
  { route, tag }: { readonly route: string; readonly tag: string },
): Promise<never> {
  const cause = `the tag ${tag} no longer stands on the commit that was approved`
  await callRest(octokit, {
    route: 'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
    parameters: {
      ...at(repository),
      deployment_id: id,
      state: 'error',
      description: cut(cause, longest),
      auto_inactive: false,
    },
  })
  throw new Failed({ kind: 'bug', call: route, cause })
}
