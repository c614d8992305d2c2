import type { Deployment, DeploymentStatus } from '../state/deployment.ts'
import type { Repository } from '../state/repository.ts'
import type { State } from '../state.ts'
import { iso } from './iso.ts'
import { serializeAppOrNull } from './serialize-app.ts'
import { repositoryUrl } from './serialize-repository.ts'
import { serializeUser } from './serialize-user.ts'

/** `deployment`. */
export function serializeDeployment(state: State, repository: Repository, deployment: Deployment) {
  const url = repositoryUrl(state, repository)
  return {
    url: `${url}/deployments/${deployment.id}`,
    id: deployment.id,
    node_id: deployment.nodeId,
    sha: deployment.sha,
    ref: deployment.ref,
    task: deployment.task,
    payload: deployment.payload,
    original_environment: deployment.originalEnvironment,
    environment: deployment.environment,
    transient_environment: deployment.transient,
    production_environment: deployment.production,
    description: deployment.description ?? null,
    creator: serializeUser(state, deployment.creator),
    created_at: iso(deployment.createdAt),
    updated_at: iso(deployment.updatedAt),
    statuses_url: `${url}/deployments/${deployment.id}/statuses`,
    repository_url: url,
    performed_via_github_app: serializeAppOrNull(state, deployment.app),
  }
}

/** `deployment-status`. */
export function serializeDeploymentStatus(
  state: State,
  repository: Repository,
  { deployment, status }: { readonly deployment: Deployment; readonly status: DeploymentStatus },
) {
  const url = repositoryUrl(state, repository)
  return {
    url: `${url}/deployments/${deployment.id}/statuses/${status.id}`,
    id: status.id,
    node_id: status.nodeId,
    state: status.state,
    creator: serializeUser(state, status.creator),
    description: status.description,
    environment: status.environment,
    target_url: status.logUrl,
    log_url: status.logUrl,
    environment_url: status.environmentUrl,
    created_at: iso(status.createdAt),
    updated_at: iso(status.createdAt),
    deployment_url: `${url}/deployments/${deployment.id}`,
    repository_url: url,
    performed_via_github_app: serializeAppOrNull(state, status.app),
  }
}

/** `deployment` as a webhook carries it. */
export function serializeDeploymentOfEvent(state: State, repository: Repository, deployment: Deployment) {
  const serialized = serializeDeployment(state, repository, deployment)
  // The webhook schema knows objects only; a text is what GitHub was given as JSON.
  return { ...serialized, payload: typeof serialized.payload === 'string' ? {} : serialized.payload }
}
