import { readCommit } from '../git/commits.ts'
import type { CheckRun, CheckSuite } from '../state/check.ts'
import type { PullRequest } from '../state/pull-request.ts'
import type { Repository } from '../state/repository.ts'
import type { State } from '../state.ts'
import { summariseSuite } from '../summarise-suite.ts'
import { iso } from './iso.ts'
import { serializeApp } from './serialize-app.ts'
import { serializeSimpleCommit } from './serialize-commit.ts'
import { repositoryPage, repositoryUrl, serializeRepository } from './serialize-repository.ts'

/** `check-run`. */
export function serializeCheckRun(state: State, repository: Repository, run: CheckRun) {
  const url = `${repositoryUrl(state, repository)}/check-runs/${run.id}`
  const page = `${repositoryPage(state, repository)}/runs/${run.id}`
  return {
    id: run.id,
    node_id: run.nodeId,
    name: run.name,
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion ?? null,
    started_at: iso(run.startedAt),
    completed_at: iso(run.completedAt),
    output: {
      title: run.title ?? null,
      summary: run.summary ?? null,
      text: run.text ?? null,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: serializeApp(state, run.app),
    pull_requests: pullsWithHead(state, repository, run.headSha),
  }
}

/** A run as webhooks carry it: with its whole suite. */
export function serializeCheckRunOfEvent(state: State, repository: Repository, run: CheckRun) {
  const whole = serializeCheckRun(state, repository, run)
  const { conclusion, ...suite } = suiteCore(state, repository, run.suite)
  return {
    ...whole,
    started_at: whole.started_at ?? iso(run.createdAt),
    check_suite: { ...suite, conclusion: conclusion === 'skipped' ? 'success' : conclusion },
  }
}

/** `check-suite`. */
export async function serializeCheckSuite(state: State, repository: Repository, suite: CheckSuite) {
  const commit = await readCommit(repository.path, suite.headSha)
  const url = `${repositoryUrl(state, repository)}/check-suites/${suite.id}`
  return {
    ...suiteCore(state, repository, suite),
    repository: serializeRepository(state, repository),
    head_commit: serializeSimpleCommit(commit),
    latest_check_runs_count: repository.checkRuns.filter((run) => run.suite === suite).length,
    check_runs_url: `${url}/check-runs`,
    rerequestable: true,
    runs_rerequestable: true,
  }
}

function suiteCore(state: State, repository: Repository, suite: CheckSuite) {
  const { status, conclusion } = summariseSuite(repository, suite)
  return {
    id: suite.id,
    node_id: suite.nodeId,
    head_branch: suite.headBranch ?? null,
    head_sha: suite.headSha,
    status,
    conclusion: conclusion ?? null,
    url: `${repositoryUrl(state, repository)}/check-suites/${suite.id}`,
    before: null,
    after: suite.headSha,
    pull_requests: pullsWithHead(state, repository, suite.headSha),
    app: serializeApp(state, suite.app),
    created_at: iso(suite.createdAt),
    updated_at: iso(suite.updatedAt),
  }
}

/** Open pull requests of this very repository with that head; those from forks are left out, as GitHub does. */
function pullsWithHead(state: State, repository: Repository, sha: string) {
  return repository.pulls
    .filter((pull) => pull.state === 'open' && pull.head.sha === sha && pull.head.repository === repository)
    .map((pull) => serializePullReference(state, pull))
}

function serializePullReference(state: State, { id, number, repository, head, base }: PullRequest) {
  const url = repositoryUrl(state, repository)
  const repo = { id: repository.id, url, name: repository.name }
  return {
    url: `${url}/pulls/${number}`,
    id,
    number,
    head: { ref: head.ref, sha: head.sha, repo },
    base: { ref: base.ref, sha: base.sha, repo },
  }
}
