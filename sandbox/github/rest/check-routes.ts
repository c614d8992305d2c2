import { askOfCheckRun, createCheckRun, updateCheckRun } from '../acts/report-check.ts'
import { notFound, Refusal } from '../refusal.ts'
import type { App } from '../state/accounts.ts'
import type { CheckRun } from '../state/check.ts'
import { newestRuns } from '../summarise-suite.ts'
import { created, needText, ok, parameter, query, type RepositoryCall, type RepositoryRoutes } from './call.ts'
import { findCommit } from './find-commit.ts'
import { paginate, paginateCounted } from './paginate.ts'
import { readCheckReport } from './read-check-report.ts'
import { serializeCheckRun, serializeCheckSuite } from './serialize-check.ts'

const reads = { app: ['checks:read'], person: 'read' } as const
const writes = { app: ['checks:write'], person: 'read' } as const

export const checkRoutes: RepositoryRoutes = {
  'GET /commits/{ref}/check-runs': { ...reads, handle: listRuns },
  'GET /commits/{ref}/check-suites': { ...reads, handle: listSuites },
  'GET /check-runs/{check_run_id}': {
    ...reads,
    handle: (call) => ok(serializeCheckRun(call.state, call.repository, findRun(call))),
  },
  'GET /check-runs/{check_run_id}/annotations': {
    ...reads,
    handle: (call) => paginate(call, findRun(call).annotations, toAnnotation),
  },
  'POST /check-runs': { ...writes, handle: create },
  'PATCH /check-runs/{check_run_id}': { ...writes, handle: update },
  'POST /check-runs/{check_run_id}/rerequest': { app: ['checks:write'], person: 'write', handle: rerequest },
}

async function listRuns(call: RepositoryCall) {
  const { repository, state } = call
  const { sha } = await findCommit(repository, parameter(call, 'ref'))
  const [name, status, app] = [query(call, 'check_name'), query(call, 'status'), query(call, 'app_id')]
  const all = repository.checkRuns.filter((run) => run.headSha === sha)
  const runs = (query(call, 'filter') === 'all' ? all : newestRuns(all))
    .filter((run) => name === undefined || run.name === name)
    .filter((run) => status === undefined || run.status === status)
    .filter((run) => app === undefined || run.app.id === Number(app))
    .toSorted((one, other) => other.id - one.id)
  return paginateCounted({ ...call, key: 'check_runs' }, runs, (run) => serializeCheckRun(state, repository, run))
}

async function listSuites(call: RepositoryCall) {
  const { repository, state } = call
  const { sha } = await findCommit(repository, parameter(call, 'ref'))
  const app = query(call, 'app_id')
  const suites = repository.checkSuites
    .filter((suite) => suite.headSha === sha)
    .filter((suite) => app === undefined || suite.app.id === Number(app))
  return paginateCounted({ ...call, key: 'check_suites' }, suites, (one) => serializeCheckSuite(state, repository, one))
}

async function create(call: RepositoryCall) {
  const { state, repository } = call
  const app = callingApp(call)
  const { sha } = await findCommit(repository, needText(call, 'head_sha'))
  const wanted = { app, name: needText(call, 'name'), sha, report: readCheckReport(call) }
  return created(serializeCheckRun(state, repository, await createCheckRun(state, repository, wanted)))
}

async function update(call: RepositoryCall) {
  const { state, repository } = call
  const run = findRun(call)
  if (run.app !== callingApp(call)) throw new Refusal(403, 'Invalid app_id for check run')
  await updateCheckRun(state, repository, { run, report: readCheckReport(call) })
  return ok(serializeCheckRun(state, repository, run))
}

function rerequest(call: RepositoryCall) {
  const run = findRun(call)
  if (run.status !== 'completed') throw new Refusal(422, 'This check run is not rerequestable')
  askOfCheckRun(call.state, call.repository, { run, sender: call.actor.user, identifier: undefined })
  return created({})
}

function callingApp({ actor }: RepositoryCall): App {
  if (actor.app === undefined) throw new Refusal(403, 'You must authenticate via a GitHub App.')
  return actor.app
}

function findRun(call: RepositoryCall): CheckRun {
  const id = Number(parameter(call, 'check_run_id'))
  const run = call.repository.checkRuns.find((one) => one.id === id)
  if (run === undefined) throw notFound()
  return run
}

function toAnnotation(annotation: CheckRun['annotations'][number]) {
  return {
    path: annotation.path,
    start_line: annotation.startLine,
    end_line: annotation.endLine,
    start_column: annotation.startColumn ?? null,
    end_column: annotation.endColumn ?? null,
    annotation_level: annotation.level,
    message: annotation.message,
    title: annotation.title ?? null,
    raw_details: annotation.rawDetails ?? null,
  }
}
