import { nodeId } from '../node-id.ts'
import { Refusal } from '../refusal.ts'
import { serializeDeploymentOfEvent } from '../rest/serialize-deployment.ts'
import { repositoryUrl } from '../rest/serialize-repository.ts'
import type { Actor, App, User } from '../state/accounts.ts'
import type { WorkflowRun } from '../state/deployment.ts'
import type { Repository } from '../state/repository.ts'
import type { State } from '../state.ts'
import { addDeploymentStatus, createDeployment, ensureEnvironment } from './deploy.ts'
import { emit } from './emit.ts'

/** GitHub takes so many reports on one deployment, each of so many characters. */
const mostReports = 10
const longestReport = 1024

export type NewRun = {
  readonly ref: string
  readonly sha: string
  readonly environment: string
  readonly event: string
  readonly actor: User
}

/**
 * A workflow's job with an environment begins: Actions makes its deployment record, and asks the App whose rule guards
 * the environment. Until it answers, the run waits.
 */
export function startRun(state: State, repository: Repository, wanted: NewRun): WorkflowRun {
  const { ref, sha, event, actor } = wanted
  const environment = ensureEnvironment(state, repository, wanted.environment)
  const deployment = createDeployment(state, repository, {
    actor: actions(state),
    wanted: {
      ref,
      sha,
      task: 'deploy',
      payload: {},
      environment: environment.name,
      transient: false,
      production: false,
      description: undefined,
    },
  })
  const id = state.nextId()
  const now = state.now()
  const run: WorkflowRun = {
    id,
    nodeId: nodeId('WorkflowRun', id),
    headSha: sha,
    headBranch: ref,
    event,
    actor,
    environment,
    deployment,
    status: 'waiting',
    conclusion: undefined,
    reports: [],
    createdAt: now,
    updatedAt: now,
  }
  repository.runs.push(run)
  requestReview(state, repository, run)
  return run
}

/** Sends `deployment_protection_rule`, for the App of the rule alone. */
function requestReview(state: State, repository: Repository, run: WorkflowRun): void {
  const payload = {
    action: 'requested',
    environment: run.environment.name,
    event: run.event,
    deployment_callback_url: `${repositoryUrl(state, repository)}/actions/runs/${run.id}/deployment_protection_rule`,
    deployment: serializeDeploymentOfEvent(state, repository, run.deployment),
    pull_requests: [],
  }
  emit(state, { name: 'deployment_protection_rule', repository, sender: run.actor, payload, only: ruleApp(state) })
}

/** What the rule's App says. Without a state it only reports; approved lets the job go on, rejected fails it. */
export function reviewRun(
  state: State,
  repository: Repository,
  review: {
    readonly run: WorkflowRun
    readonly state: 'approved' | 'rejected' | undefined
    readonly comment: string
  },
): void {
  const { run, comment } = review
  if (run.status !== 'waiting') throw new Refusal(422, 'There are no pending deployment requests for this environment.')
  if (comment.length > longestReport) throw new Refusal(422, 'Comment is too long (maximum is 1024 characters)')
  if (run.reports.length >= mostReports && review.state === undefined) throw new Refusal(422, 'Too many status reports')
  run.reports.push({ state: review.state, comment })
  run.updatedAt = state.now()
  if (review.state === 'approved') {
    run.status = 'in_progress'
    report(state, repository, run, 'in_progress')
  }
  if (review.state === 'rejected') finishRun(state, repository, { run, conclusion: 'failure' })
}

/** The job ends, and Actions reports it on its deployment. */
export function finishRun(
  state: State,
  repository: Repository,
  { run, conclusion }: { readonly run: WorkflowRun; readonly conclusion: 'success' | 'failure' },
): void {
  run.status = 'completed'
  run.conclusion = conclusion
  run.updatedAt = state.now()
  report(state, repository, run, conclusion)
}

function report(
  state: State,
  repository: Repository,
  { deployment, id }: WorkflowRun,
  said: 'in_progress' | 'success' | 'failure',
): void {
  const logUrl = `${state.url}/${repository.owner.login}/${repository.name}/actions/runs/${id}`
  const wanted = {
    state: said,
    description: '',
    environment: undefined,
    environmentUrl: '',
    logUrl,
    autoInactive: true,
  }
  addDeploymentStatus(state, repository, { deployment, wanted, actor: actions(state) })
}

function actions(state: State): Actor {
  const app = state.apps.find((one) => one.slug === 'github-actions')
  if (app === undefined) throw new Error('the sandbox has no Actions')
  return { user: app.bot, app }
}

function ruleApp(state: State): App | undefined {
  return state.apps.find((one) => one.publicKey !== undefined)
}
