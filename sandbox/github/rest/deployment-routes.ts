import { addDeploymentStatus, createDeployment } from '../acts/deploy.ts'
import { resolveCommit } from '../git/refs.ts'
import { invalid, notFound, Refusal } from '../refusal.ts'
import type { Deployment, DeploymentState, Environment } from '../state/deployment.ts'
import {
  created,
  flag,
  list,
  needText,
  ok,
  parameter,
  query,
  type RepositoryCall,
  type RepositoryRoutes,
  text,
} from './call.ts'
import { describeContexts } from './describe-contexts.ts'
import { iso } from './iso.ts'
import { mergeDefaultInto } from './merge-default-into.ts'
import { paginate, paginateCounted } from './paginate.ts'
import { serializeDeployment, serializeDeploymentStatus } from './serialize-deployment.ts'
import { repositoryPage, repositoryUrl } from './serialize-repository.ts'

const reads = { app: ['deployments:read'], person: 'read' } as const
const writes = { app: ['deployments:write'], person: 'write' } as const

export const deploymentRoutes: RepositoryRoutes = {
  'GET /deployments': { ...reads, handle: listDeployments },
  'POST /deployments': { ...writes, handle: create },
  'GET /deployments/{deployment_id}': {
    ...reads,
    handle: (call) => ok(serializeDeployment(call.state, call.repository, needDeployment(call))),
  },
  'GET /deployments/{deployment_id}/statuses': {
    ...reads,
    handle: (call) => {
      const deployment = needDeployment(call)
      return paginate(call, deployment.statuses.toReversed(), (status) =>
        serializeDeploymentStatus(call.state, call.repository, { deployment, status }),
      )
    },
  },
  'POST /deployments/{deployment_id}/statuses': { ...writes, handle: addStatus },
  'GET /environments': {
    app: ['actions:read'],
    person: 'read',
    handle: (call) =>
      paginateCounted({ ...call, key: 'environments' }, call.repository.environments, (one) =>
        serializeEnvironment(call, one),
      ),
  },
  'GET /environments/{environment_name}': {
    app: ['actions:read'],
    person: 'read',
    handle: (call) => {
      const found = call.repository.environments.find(({ name }) => name === parameter(call, 'environment_name'))
      if (found === undefined) throw notFound()
      return ok(serializeEnvironment(call, found))
    },
  },
}

function listDeployments(call: RepositoryCall) {
  const { state, repository } = call
  const matches = (one: Deployment) =>
    (['sha', 'ref', 'task', 'environment'] as const).every((key) => {
      const wanted = query(call, key)
      return wanted === undefined || wanted === 'none' || one[key] === wanted
    })
  const found = repository.deployments.filter(matches).toReversed()
  return paginate(call, found, (one) => serializeDeployment(state, repository, one))
}

/** `auto_merge` and `required_contexts` as https://docs.github.com/rest/deployments/deployments#create-a-deployment says. */
async function create(call: RepositoryCall) {
  const { state, repository, actor } = call
  const ref = needText(call, 'ref')
  const sha = await resolveCommit(repository.path, ref)
  if (sha === undefined) throw new Refusal(422, `No ref found for: ${ref}`)
  if (flag(call, 'auto_merge') !== false) {
    const merged = await mergeDefaultInto(call, { ref, sha })
    if (merged !== undefined) return { status: 202, body: { message: merged } }
  }
  const contexts = describeContexts(repository, sha)
  const demanded = list(call, 'required_contexts')?.map(String) ?? contexts.map(({ context }) => context)
  const unmet = demanded.filter((name) => contexts.find(({ context }) => context === name)?.state !== 'success')
  if (unmet.length > 0) {
    const errors = [{ contexts, resource: 'Deployment', field: 'required_contexts', code: 'invalid' }]
    throw new Refusal(409, `Conflict: Commit status checks failed for ${ref}.`, errors)
  }
  const environment = text(call, 'environment') ?? 'production'
  const wanted = {
    ref,
    sha,
    task: text(call, 'task') ?? 'deploy',
    payload: call.body['payload'] ?? {},
    environment,
    transient: flag(call, 'transient_environment') ?? false,
    production: flag(call, 'production_environment') ?? environment === 'production',
    description: text(call, 'description'),
  }
  return created(serializeDeployment(state, repository, createDeployment(state, repository, { wanted, actor })))
}

const states: readonly DeploymentState[] = [
  'error',
  'failure',
  'inactive',
  'in_progress',
  'queued',
  'pending',
  'success',
]
const longestDescription = 140

function addStatus(call: RepositoryCall) {
  const { state: sandbox, repository, actor } = call
  const deployment = needDeployment(call)
  const state = states.find((one) => one === call.body['state'])
  const description = text(call, 'description') ?? ''
  if (state === undefined || description.length > longestDescription) {
    throw invalid([
      { resource: 'DeploymentStatus', code: 'custom', field: state === undefined ? 'state' : 'description' },
    ])
  }
  const wanted = {
    state,
    description,
    environment: text(call, 'environment'),
    environmentUrl: text(call, 'environment_url') ?? '',
    logUrl: text(call, 'log_url') ?? text(call, 'target_url') ?? '',
    autoInactive: flag(call, 'auto_inactive') ?? true,
  }
  const status = addDeploymentStatus(sandbox, repository, { deployment, wanted, actor })
  return created(serializeDeploymentStatus(sandbox, repository, { deployment, status }))
}

function needDeployment(call: RepositoryCall): Deployment {
  const id = Number(parameter(call, 'deployment_id'))
  const deployment = call.repository.deployments.find((one) => one.id === id)
  if (deployment === undefined) throw notFound()
  return deployment
}

function serializeEnvironment({ state, repository }: RepositoryCall, { id, nodeId, name, createdAt }: Environment) {
  return {
    id,
    node_id: nodeId,
    name,
    url: `${repositoryUrl(state, repository)}/environments/${encodeURIComponent(name)}`,
    html_url: `${repositoryPage(state, repository)}/deployments/${encodeURIComponent(name)}`,
    created_at: iso(createdAt),
    updated_at: iso(createdAt),
    can_admins_bypass: true,
    protection_rules: [],
    deployment_branch_policy: null,
  }
}
