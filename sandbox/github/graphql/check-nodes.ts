import { iso } from '../rest/iso.ts'
import { repositoryPage } from '../rest/serialize-repository.ts'
import type { CheckRun, CheckSuite, CommitStatus } from '../state/check.ts'
import type { Repository } from '../state/repository.ts'
import { newestRuns, summariseSuite } from '../summarise-suite.ts'
import type { Arguments } from './arguments.ts'
import { connection, type GraphNode } from './connection.ts'
import { githubError } from './github-error.ts'
import { demand, type Graph } from './graph.ts'

export function checkRunNode(graph: Graph, repository: Repository, run: CheckRun): GraphNode {
  demand(graph, 'checks:read')
  const url = `${repositoryPage(graph.state, repository)}/runs/${run.id}`
  return {
    __typename: 'CheckRun',
    id: run.nodeId,
    databaseId: run.id,
    name: run.name,
    status: run.status.toUpperCase(),
    conclusion: run.conclusion?.toUpperCase() ?? null,
    title: run.title ?? null,
    summary: run.summary ?? null,
    text: run.text ?? null,
    externalId: run.externalId,
    detailsUrl: run.detailsUrl ?? url,
    url,
    permalink: url,
    resourcePath: url.slice(graph.state.url.length),
    startedAt: iso(run.startedAt),
    completedAt: iso(run.completedAt),
    checkSuite: () => graph.nodes.checkSuite(repository, run.suite),
    repository: () => graph.nodes.repository(repository),
    isRequired: (args: Arguments) => isRequired(repository, args, { context: run.name, appId: run.app.id }),
  }
}

export function checkSuiteNode(graph: Graph, repository: Repository, suite: CheckSuite): GraphNode {
  demand(graph, 'checks:read')
  const { state, nodes } = graph
  const { status, conclusion } = summariseSuite(repository, suite)
  const url = `${repositoryPage(state, repository)}/commit/${suite.headSha}/checks?check_suite_id=${suite.id}`
  return {
    __typename: 'CheckSuite',
    id: suite.nodeId,
    databaseId: suite.id,
    status: status.toUpperCase(),
    conclusion: conclusion?.toUpperCase() ?? null,
    createdAt: iso(suite.createdAt),
    updatedAt: iso(suite.updatedAt),
    url,
    resourcePath: url.slice(state.url.length),
    app: () => nodes.app(suite.app),
    branch: () => (suite.headBranch === undefined ? null : nodes.ref(repository, `refs/heads/${suite.headBranch}`)),
    commit: () => nodes.commit(repository, suite.headSha),
    repository: () => nodes.repository(repository),
    // The sandbox has no Actions: every suite is an App's own.
    workflowRun: null,
    checkRuns: (args: Arguments) => {
      const runs = filterRuns(newestOrAll(repository, suite, args), args)
      return connection(args, runs, { key: ({ id }) => id, node: (run) => nodes.checkRun(repository, run) })
    },
  }
}

export function statusContextNode(graph: Graph, repository: Repository, status: CommitStatus): GraphNode {
  demand(graph, 'statuses:read')
  return {
    __typename: 'StatusContext',
    id: status.nodeId,
    context: status.context,
    state: status.state.toUpperCase(),
    description: status.description ?? null,
    targetUrl: status.targetUrl ?? null,
    createdAt: iso(status.createdAt),
    creator: () => graph.nodes.user(status.creator),
    commit: () => graph.nodes.commit(repository, status.sha),
    isRequired: (args: Arguments) => isRequired(repository, args, { context: status.context, appId: undefined }),
  }
}

/** GitHub lists the newest run of each name unless asked for all. */
function newestOrAll(repository: Repository, suite: CheckSuite, args: Arguments): readonly CheckRun[] {
  const runs = repository.checkRuns.filter((run) => run.suite === suite)
  return args.object('filterBy')?.text('checkType') === 'ALL' ? runs : newestRuns(runs)
}

function filterRuns(runs: readonly CheckRun[], args: Arguments): readonly CheckRun[] {
  const filter = args.object('filterBy')
  const [appId, name, status] = [filter?.integer('appId'), filter?.text('checkName'), filter?.text('status')]
  const statuses = filter?.texts('statuses')
  const conclusions = filter?.texts('conclusions')
  return runs.filter(
    (run) =>
      (appId === undefined || run.app.id === appId) &&
      (name === undefined || run.name === name) &&
      (status === undefined || run.status.toUpperCase() === status) &&
      (statuses === undefined || statuses.includes(run.status.toUpperCase())) &&
      (conclusions === undefined || conclusions.includes(run.conclusion?.toUpperCase() ?? '')),
  )
}

type Reporter = { readonly context: string; readonly appId: number | undefined }

/** Whether the protection of the pull request's base demands it; GitHub wants to be told the pull request. */
function isRequired(repository: Repository, args: Arguments, { context, appId }: Reporter): boolean {
  const [number, id] = [args.integer('pullRequestNumber'), args.text('pullRequestId')]
  const pull = repository.pulls.find((one) => one.number === number || one.nodeId === id)
  if (pull === undefined) throw githubError('NOT_FOUND', 'Could not resolve to a PullRequest.')
  const required = repository.protection.get(pull.base.ref)?.requiredChecks ?? []
  return required.some((one) => one.context === context && (one.appId === undefined || one.appId === appId))
}
