import { nodeId } from '../node-id.ts'
import { serializeDeploymentOfEvent, serializeDeploymentStatus } from '../rest/serialize-deployment.ts'
import type { Actor } from '../state/accounts.ts'
import type { Deployment, DeploymentStatus, Environment } from '../state/deployment.ts'
import type { Repository } from '../state/repository.ts'
import type { State } from '../state.ts'
import { emit } from './emit.ts'

export type NewDeployment = Pick<
  Deployment,
  'ref' | 'sha' | 'task' | 'payload' | 'environment' | 'transient' | 'production' | 'description'
>

export type NewDeploymentStatus = Pick<DeploymentStatus, 'state' | 'description' | 'environmentUrl' | 'logUrl'> & {
  /** Moves the deployment to another environment. */
  readonly environment: string | undefined
  readonly autoInactive: boolean
}

/** Makes a deployment, and its environment where there is none; sends `deployment`. */
export function createDeployment(
  state: State,
  repository: Repository,
  { wanted, actor }: { readonly wanted: NewDeployment; readonly actor: Actor },
): Deployment {
  const id = state.nextId()
  const deployment: Deployment = {
    ...wanted,
    id,
    nodeId: nodeId('Deployment', id),
    originalEnvironment: wanted.environment,
    creator: actor.user,
    app: actor.app,
    createdAt: state.now(),
    updatedAt: state.now(),
    statuses: [],
  }
  repository.deployments.push(deployment)
  ensureEnvironment(state, repository, wanted.environment)
  const payload = {
    action: 'created',
    deployment: serializeDeploymentOfEvent(state, repository, deployment),
    workflow: null,
    workflow_run: null,
  }
  emit(state, { name: 'deployment', repository, sender: actor.user, payload })
  return deployment
}

/**
 * Adds a status and sends `deployment_status`, but not for `inactive`. With `autoInactive` a success makes earlier successful deployments of
 * the same environment inactive, unless they are transient or production.
 */
export function addDeploymentStatus(
  state: State,
  repository: Repository,
  {
    deployment,
    wanted,
    actor,
  }: { readonly deployment: Deployment; readonly wanted: NewDeploymentStatus; readonly actor: Actor },
): DeploymentStatus {
  const { environment, autoInactive, ...rest } = wanted
  if (environment !== undefined) ensureEnvironment(state, repository, environment)
  deployment.environment = environment ?? deployment.environment
  if (wanted.state === 'success' && autoInactive) makeOthersInactive(state, repository, { deployment, actor })
  const status = pushStatus(state, deployment, { wanted: rest, actor })
  if (status.state === 'inactive') return status
  const payload = {
    action: 'created',
    deployment_status: serializeDeploymentStatus(state, repository, { deployment, status }),
    deployment: serializeDeploymentOfEvent(state, repository, deployment),
  }
  emit(state, { name: 'deployment_status', repository, sender: actor.user, payload })
  return status
}

/** The environment of that name, made where there is none. */
export function ensureEnvironment(state: State, repository: Repository, name: string): Environment {
  const known = repository.environments.find((one) => one.name === name)
  if (known !== undefined) return known
  const id = state.nextId()
  const environment = { id, nodeId: nodeId('Environment', id), name, createdAt: state.now() }
  repository.environments.push(environment)
  return environment
}

function makeOthersInactive(
  state: State,
  repository: Repository,
  { deployment, actor }: { readonly deployment: Deployment; readonly actor: Actor },
): void {
  const others = repository.deployments.filter(
    (one) =>
      one.id < deployment.id &&
      one.environment === deployment.environment &&
      !one.transient &&
      !one.production &&
      one.statuses.at(-1)?.state === 'success',
  )
  for (const other of others) {
    const wanted = { state: 'inactive', description: '', environmentUrl: '', logUrl: '' } as const
    pushStatus(state, other, { wanted, actor })
  }
}

function pushStatus(
  state: State,
  deployment: Deployment,
  {
    wanted,
    actor,
  }: {
    readonly wanted: Pick<DeploymentStatus, 'state' | 'description' | 'environmentUrl' | 'logUrl'>
    readonly actor: Actor
  },
): DeploymentStatus {
  const id = state.nextId()
  const status: DeploymentStatus = {
    ...wanted,
    id,
    nodeId: nodeId('DeploymentStatus', id),
    environment: deployment.environment,
    creator: actor.user,
    app: actor.app,
    createdAt: state.now(),
  }
  deployment.statuses.push(status)
  deployment.updatedAt = state.now()
  return status
}
