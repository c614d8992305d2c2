import type { BranchClaim, DeploymentClaim } from '../model/deployment.ts'
import type { CreateDeployment, DeployBranch } from '../model/deployment-effects.ts'
import { Failed } from '../model/failure.ts'
import { absent, found, type Lookup } from '../model/lookup.ts'
import type { Written } from '../reconcile/world/code.ts'
import { cut } from './apply-check.ts'
import { at, callRest } from './call-rest.ts'
import { parseRestDeployment } from './parse-deployment.ts'
import type { Applies, Writer } from './writer.ts'

/** GitHub's limit for a description, in characters. */
export const longestDescription = 140

/** A deployment of a tag. What GitHub made of it is compared: only the commit that was approved is deployed. */
export const applyDeployment: Applies<CreateDeployment> = {
  write: (writer, effect) => create(writer, orderOf(effect)),
  look: (writer, effect) => look(writer, orderOf(effect)),
}

/** The same of an unmerged branch's head. It has no tag: the commit itself is the ref. */
export const applyBranch: Applies<DeployBranch> = {
  write: (writer, effect) => create(writer, branchOrderOf(effect)),
  look: (writer, effect) => look(writer, branchOrderOf(effect)),
}

/** What GitHub is asked for. */
type Order = {
  readonly claim: DeploymentClaim | BranchClaim
  /** Where a deployment of another commit comes from. */
  readonly ref: string
  readonly sha: string
  readonly artifact: string | null
  /** The head of the audit log, or nothing. */
  readonly seal: string
  readonly description: string
  readonly production: boolean
}

function orderOf({ claim, sha, artifact, type, description, seal = '' }: CreateDeployment): Order {
  return { claim, ref: claim.tag, sha, artifact, description, seal, production: type === 'production' }
}

function branchOrderOf({ claim, type, description, seal = '' }: DeployBranch): Order {
  const { sha } = claim
  return { claim, ref: sha, sha, artifact: null, description, seal, production: type === 'production' }
}

const route = 'POST /repos/{owner}/{repo}/deployments'

async function create(writer: Writer, order: Order): Promise<Written> {
  const { octokit, repository, crashpoint } = writer
  const { claim, ref, sha, artifact, description, production, seal } = order
  const { status, data } = await callRest(octokit, {
    route,
    parameters: {
      ...at(repository),
      ref,
      environment: claim.environment,
      description: cut(description, longestDescription),
      payload: { waybill: claim, ...(artifact !== null && { artifact }), ...(seal !== '' && { audit: seal }) },
      auto_merge: false,
      required_contexts: [],
      production_environment: production,
      transient_environment: false,
    },
  })
  crashpoint('deployment.after-write')
  if (status !== 201)
    throw new Failed({ kind: 'bug', call: route, cause: `GitHub answered ${status}, which is no deployment` })
  const made = parseRestDeployment(data)
  if (made.sha !== sha) await disown(writer, made.id, ref)
  return { id: made.id, sha: made.sha }
}

async function look(writer: Writer, { claim, ref, sha }: Order): Promise<Lookup<Written>> {
  const { octokit, repository } = writer
  const { environment, attempt } = claim
  const { data } = await callRest(octokit, {
    route: 'GET /repos/{owner}/{repo}/deployments',
    parameters: { ...at(repository), environment, ref, per_page: 100 },
  })
  const deployments = Array.isArray(data) ? data.map(parseRestDeployment) : []
  const ours = deployments.find((one) => {
    return one.claim?.environment === environment && refOf(one.claim) === ref && one.claim.attempt === attempt
  })
  if (ours !== undefined && ours.sha !== sha) await disown(writer, ours.id, ref)
  return ours === undefined ? absent : found({ id: ours.id, sha: ours.sha })
}

function refOf(claim: DeploymentClaim | BranchClaim): string {
  return 'tag' in claim ? claim.tag : claim.sha
}

/** The ref stands elsewhere than it did: whoever carries the deployment out must not take it for good. */
async function disown({ octokit, repository }: Writer, id: number, ref: string): Promise<never> {
  const cause = `the tag ${ref} no longer stands on the commit that was approved`
  await callRest(octokit, {
    route: 'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
    parameters: {
      ...at(repository),
      deployment_id: id,
      state: 'error',
      description: cut(cause, longestDescription),
      auto_inactive: false,
    },
  })
  throw new Failed({ kind: 'bug', call: route, cause })
}
