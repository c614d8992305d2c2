import { reviewRun } from '../acts/run-workflow.ts'
import { readCommit } from '../git/commits.ts'
import { invalid, notFound } from '../refusal.ts'
import type { WorkflowRun } from '../state/deployment.ts'
import { needText, ok, parameter, query, type RepositoryCall, type RepositoryRoutes, text } from './call.ts'
import { iso } from './iso.ts'
import { paginateCounted } from './paginate.ts'
import { repositoryPage, repositoryUrl } from './serialize-repository.ts'
import { serializeRun } from './serialize-run.ts'
import { serializeUser } from './serialize-user.ts'

const reads = { app: ['actions:read'], person: 'read' } as const

/** Runs of GitHub Actions, as far as an App's protection rule has to do with them. */
export const runRoutes: RepositoryRoutes = {
  'GET /actions/runs': { ...reads, handle: listRuns },
  'GET /actions/runs/{run_id}': { ...reads, handle: async (call) => ok(await serialize(call, needRun(call))) },
  'GET /actions/runs/{run_id}/pending_deployments': {
    ...reads,
    handle: (call) => {
      const run = needRun(call)
      return ok(run.status === 'waiting' ? [serializePending(call, run)] : [])
    },
  },
  'GET /actions/runs/{run_id}/approvals': {
    ...reads,
    handle: (call) => ok(needRun(call).reports.map((report) => serializeReport(call, needRun(call), report))),
  },
  'POST /actions/runs/{run_id}/deployment_protection_rule': {
    app: ['deployments:write'],
    person: 'admin',
    handle: (call) => {
      const run = needRun(call)
      const wanted = needText(call, 'environment_name')
      if (wanted !== run.environment.name) throw notFound()
      const state = call.body['state']
      if (state !== undefined && state !== 'approved' && state !== 'rejected') throw invalid(['state'])
      reviewRun(call.state, call.repository, { run, state, comment: text(call, 'comment') ?? '' })
      return { status: 204 }
    },
  },
}

function listRuns(call: RepositoryCall) {
  const wanted = query(call, 'status')
  const runs = call.repository.runs.filter((run) => {
    return wanted === undefined || run.status === wanted || run.conclusion === wanted
  })
  return paginateCounted({ ...call, key: 'workflow_runs' }, runs.toReversed(), (run) => serialize(call, run))
}

async function serialize({ state, repository }: RepositoryCall, run: WorkflowRun) {
  return serializeRun(state, repository, { run, commit: await readCommit(repository.path, run.headSha) })
}

function needRun(call: RepositoryCall): WorkflowRun {
  const id = Number(parameter(call, 'run_id'))
  const run = call.repository.runs.find((one) => one.id === id)
  if (run === undefined) throw notFound()
  return run
}

function environmentOf({ state, repository }: RepositoryCall, { environment }: WorkflowRun) {
  return {
    id: environment.id,
    node_id: environment.nodeId,
    name: environment.name,
    url: `${repositoryUrl(state, repository)}/environments/${encodeURIComponent(environment.name)}`,
    html_url: `${repositoryPage(state, repository)}/deployments/${encodeURIComponent(environment.name)}`,
  }
}

function serializePending(call: RepositoryCall, run: WorkflowRun) {
  return {
    environment: environmentOf(call, run),
    wait_timer: 0,
    wait_timer_started_at: null,
    current_user_can_approve: false,
    reviewers: [],
  }
}

function serializeReport(call: RepositoryCall, run: WorkflowRun, report: WorkflowRun['reports'][number]) {
  const at = iso(run.updatedAt)
  return {
    environments: [{ ...environmentOf(call, run), created_at: at, updated_at: at }],
    state: report.state ?? 'pending',
    user: serializeUser(call.state, run.actor),
    comment: report.comment,
  }
}
