import type { SetStatus } from '../model/deployment-effects.ts'
import { absent, found } from '../model/lookup.ts'
import { cut } from './apply-check.ts'
import { longestDescription } from './apply-deployment.ts'
import { at, callRest } from './call-rest.ts'
import { integer, record } from './json.ts'
import { parseStatuses } from './parse-deployment.ts'
import type { Applies } from './writer.ts'

/** Ends a deployment. GitHub sends no event for `inactive`: the pass that orders it goes on by itself. */
export const applySetStatus: Applies<SetStatus> = {
  write: async ({ octokit, repository }, { deployment, state, description }) => {
    const { data } = await callRest(octokit, {
      route: 'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
      parameters: {
        ...at(repository),
        deployment_id: deployment,
        state,
        auto_inactive: false,
        description: cut(description, longestDescription),
      },
    })
    return { id: integer(record(data, 'deployment status'), 'id'), sha: null }
  },
  look: async ({ octokit, repository, app }, { deployment, state, description }) => {
    const { data } = await callRest(octokit, {
      route: 'GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
      parameters: { ...at(repository), deployment_id: deployment, per_page: 100 },
    })
    const said = cut(description, longestDescription)
    const status = parseStatuses(data, app.slug).find((one) => {
      return one.by === 'waybill' && one.state === state && one.description === said
    })
    return status === undefined ? absent : found({ id: status.id, sha: null })
  },
}
