import type { Commit } from '../git/commits.ts'
import type { WorkflowRun } from '../state/deployment.ts'
import type { Repository } from '../state/repository.ts'
import type { State } from '../state.ts'
import { iso } from './iso.ts'
import { serializeSimpleCommit } from './serialize-commit.ts'
import { repositoryPage, repositoryUrl, serializeRepository } from './serialize-repository.ts'
import { serializeUser } from './serialize-user.ts'

/** `workflow-run`. */
export function serializeRun(
  state: State,
  repository: Repository,
  { run, commit }: { readonly run: WorkflowRun; readonly commit: Commit },
) {
  const url = `${repositoryUrl(state, repository)}/actions/runs/${run.id}`
  const workflowUrl = `${repositoryUrl(state, repository)}/actions/workflows/1`
  return {
    id: run.id,
    name: 'deploy',
    node_id: run.nodeId,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: '.github/workflows/deploy.yml',
    display_title: 'deploy',
    run_number: repository.runs.indexOf(run) + 1,
    run_attempt: 1,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion ?? null,
    workflow_id: 1,
    check_suite_id: run.id,
    check_suite_node_id: run.nodeId,
    url,
    html_url: `${repositoryPage(state, repository)}/actions/runs/${run.id}`,
    pull_requests: [],
    created_at: iso(run.createdAt),
    updated_at: iso(run.updatedAt),
    actor: serializeUser(state, run.actor),
    triggering_actor: serializeUser(state, run.actor),
    run_started_at: iso(run.createdAt),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${repositoryUrl(state, repository)}/check-suites/${run.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    workflow_url: workflowUrl,
    head_commit: serializeSimpleCommit(commit),
    repository: serializeRepository(state, repository),
    head_repository: serializeRepository(state, repository),
  }
}
