import { iso } from '../rest/iso.ts'
import type { Deployment, DeploymentStatus } from '../state/deployment.ts'
import type { Repository } from '../state/repository.ts'
import type { Arguments } from './arguments.ts'
import { connection, type GraphNode } from './connection.ts'
import { demand, type Graph } from './graph.ts'

/** Deployments that fit `of` and the arguments `environments` and `orderBy` (creation only, as GitHub has no other order). */
export function deploymentConnection(
  graph: Graph,
  repository: Repository,
  { args, of }: { readonly args: Arguments; readonly of: (deployment: Deployment) => boolean },
): GraphNode {
  demand(graph, 'deployments:read')
  const environments = args.texts('environments')
  const order = args.object('orderBy')
  order?.text('field')
  const found = repository.deployments
    .filter((one) => of(one) && (environments === undefined || environments.includes(one.environment)))
    .sort((one, other) => one.createdAt - other.createdAt || one.id - other.id)
  if (order?.text('direction') === 'DESC') found.reverse()
  return connection(args, found, { key: ({ id }) => id, node: (one) => graph.nodes.deployment(repository, one) })
}

export function deploymentNode(graph: Graph, repository: Repository, deployment: Deployment): GraphNode {
  demand(graph, 'deployments:read')
  const { nodes } = graph
  const newest = deployment.statuses.at(-1)
  const node = (status: DeploymentStatus) => nodes.deploymentStatus(deployment, status)
  return {
    __typename: 'Deployment',
    id: deployment.nodeId,
    databaseId: deployment.id,
    environment: deployment.environment,
    latestEnvironment: deployment.environment,
    originalEnvironment: deployment.originalEnvironment,
    task: deployment.task,
    description: deployment.description ?? null,
    payload: encodePayload(deployment.payload),
    commitOid: deployment.sha,
    commit: () => nodes.commit(repository, deployment.sha),
    ref: () => refOf(graph, repository, deployment.ref),
    createdAt: iso(deployment.createdAt),
    updatedAt: iso(deployment.updatedAt),
    creator: () => nodes.user(deployment.creator),
    repository: () => nodes.repository(repository),
    state: stateOf(deployment, newest),
    latestStatus: () => (newest === undefined ? null : node(newest)),
    // Newest first, as the REST API has them.
    statuses: (args: Arguments) => connection(args, deployment.statuses.toReversed(), { key: ({ id }) => id, node }),
  }
}

export function deploymentStatusNode(graph: Graph, deployment: Deployment, status: DeploymentStatus): GraphNode {
  const repository = graph.state.repositories.find((one) => one.deployments.includes(deployment))
  return {
    __typename: 'DeploymentStatus',
    id: status.nodeId,
    state: status.state.toUpperCase(),
    description: status.description,
    environment: status.environment,
    environmentUrl: status.environmentUrl === '' ? null : status.environmentUrl,
    logUrl: status.logUrl === '' ? null : status.logUrl,
    createdAt: iso(status.createdAt),
    updatedAt: iso(status.createdAt),
    creator: () => graph.nodes.user(status.creator),
    deployment: () => (repository === undefined ? null : graph.nodes.deployment(repository, deployment)),
  }
}

/** GitHub keeps a payload as JSON text and gives that text as JSON once more. */
function encodePayload(payload: unknown): string {
  return JSON.stringify(typeof payload === 'string' ? payload : JSON.stringify(payload ?? {}))
}

/** The tag or branch that was deployed; null for a bare sha. */
async function refOf({ nodes }: Graph, repository: Repository, ref: string): Promise<GraphNode | null> {
  return (await nodes.ref(repository, `refs/heads/${ref}`)) ?? nodes.ref(repository, `refs/tags/${ref}`)
}

function stateOf({ transient }: Deployment, newest: DeploymentStatus | undefined): string {
  switch (newest?.state) {
    case undefined:
      return 'PENDING'
    case 'success':
      return 'ACTIVE'
    case 'inactive':
      return transient ? 'DESTROYED' : 'INACTIVE'
    case 'error':
    case 'failure':
    case 'in_progress':
    case 'queued':
    case 'pending':
      return newest?.state.toUpperCase() ?? 'PENDING'
  }
}
