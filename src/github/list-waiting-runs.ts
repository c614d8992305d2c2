import type { Repository, RunRef } from '../model/ref.ts'
import { at, callRest } from './call-rest.ts'
import { child, integer, isJson, list, record, text } from './json.ts'
import type { Octokit } from './octokit.ts'

/** Runs that wait for an environment, for the case that GitHub's question was lost: one call, one more for each run. */
export async function listWaitingRuns(
  octokit: Octokit,
  { repository, branch }: { readonly repository: Repository; readonly branch: string },
): Promise<readonly RunRef[]> {
  const { data } = await callRest(octokit, {
    route: 'GET /repos/{owner}/{repo}/actions/runs',
    parameters: { ...at(repository), status: 'waiting', per_page: 30 },
  })
  const refs: RunRef[] = []
  for (const run of list(record(data, 'workflow runs'), 'workflow_runs').filter(isJson)) {
    const runId = integer(run, 'id')
    const pending = await callRest(octokit, {
      route: 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/pending_deployments',
      parameters: { ...at(repository), run_id: runId },
    })
    const jobs: readonly unknown[] = Array.isArray(pending.data) ? pending.data : []
    for (const job of jobs.filter(isJson)) {
      refs.push({ kind: 'run', repository, branch, runId, environment: text(child(job, 'environment'), 'name') })
    }
  }
  return refs
}
