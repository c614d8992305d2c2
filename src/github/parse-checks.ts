import { type Check, type CheckState, type CheckSuite, checkNames, type PostedCheck } from '../model/check.ts'
import { parseTestCounts } from '../model/test-counts.ts'
import { child, childOrNull, connection, integer, type Json, text, textOrNull, time, timeOrNull } from './json.ts'
import { parseActor } from './parse-account.ts'

/** One page of what reported on a commit, with the cursors of the next. */
export type ChecksPage = {
  readonly checks: readonly Check[]
  readonly suites: readonly CheckSuite[]
  readonly posted: readonly PostedCheck[]
  readonly moreContexts: string | null
  readonly moreSuites: string | null
}

/** `WaybillChecks` of a commit. Checks of the App `ownId` are no checks: they are what Waybill itself posted. */
export function parseChecks(commit: Json, ownId: number): ChecksPage {
  const rollup = childOrNull(commit, 'statusCheckRollup')
  const contexts = rollup === null ? null : connection(rollup, 'contexts')
  const suites = childOrNull(commit, 'checkSuites') === null ? null : connection(commit, 'checkSuites')
  const nodes = contexts?.nodes ?? []
  return {
    checks: nodes.flatMap((node) => (isOwn(node, ownId) ? [] : [parseCheck(node)])),
    suites: (suites?.nodes ?? []).map(parseSuite).filter((suite) => suite.app.id !== ownId),
    posted: nodes.flatMap((node) => (isOwn(node, ownId) ? parsePosted(node) : [])),
    moreContexts: contexts?.next ?? null,
    moreSuites: suites?.next ?? null,
  }
}

function isOwn(node: Json, ownId: number): boolean {
  return node['__typename'] === 'CheckRun' && parseApp(child(node, 'checkSuite')).id === ownId
}

function parseCheck(node: Json): Check {
  return node['__typename'] === 'StatusContext' ? parseStatus(node) : parseRun(node)
}

function parseRun(run: Json): Check {
  const suite = child(run, 'checkSuite')
  const word = (textOrNull(run, 'conclusion') ?? text(run, 'status')).toLowerCase()
  const said = `${textOrNull(run, 'title') ?? ''}\n${textOrNull(run, 'summary') ?? ''}`
  const tests = text(run, 'status') === 'COMPLETED' ? parseTestCounts(said) : null
  return {
    kind: 'run',
    id: integer(run, 'databaseId'),
    name: text(run, 'name'),
    app: parseApp(suite),
    by: 'app',
    state: runState(text(run, 'status'), textOrNull(run, 'conclusion')),
    word,
    url: textOrNull(run, 'detailsUrl'),
    suiteId: suite['databaseId'] === null ? null : integer(suite, 'databaseId'),
    workflowEvent: parseWorkflowEvent(suite),
    workflowId: parseWorkflowId(suite),
    startedAt: timeOrNull(run, 'startedAt'),
    ...(tests === null ? {} : { tests }),
  }
}

const conclusions: Readonly<Record<string, CheckState>> = {
  SUCCESS: 'success',
  NEUTRAL: 'neutral',
  SKIPPED: 'skipped',
  FAILURE: 'failure',
  TIMED_OUT: 'timed_out',
  STARTUP_FAILURE: 'startup_failure',
  ACTION_REQUIRED: 'action_required',
  CANCELLED: 'cancelled',
  STALE: 'stale',
}

/** A check run's state out of GitHub's two words for it. */
export function runState(status: string, conclusion: string | null): CheckState {
  if (status === 'COMPLETED') return (conclusion === null ? undefined : conclusions[conclusion]) ?? 'unknown'
  if (status === 'IN_PROGRESS') return 'in_progress'
  return ['QUEUED', 'REQUESTED', 'WAITING', 'PENDING'].includes(status) ? 'queued' : 'unknown'
}

const statusStates: Readonly<Record<string, CheckState>> = {
  SUCCESS: 'success',
  FAILURE: 'failure',
  ERROR: 'failure',
  PENDING: 'in_progress',
  EXPECTED: 'queued',
}

/** A commit status has an author, no App: its creator stands for it. */
function parseStatus(status: Json): Check {
  const creator = parseActor(status, 'creator')
  const state = text(status, 'state')
  const createdAt = time(status, 'createdAt')
  return {
    kind: 'status',
    id: createdAt,
    name: text(status, 'context'),
    app: { id: creator?.id ?? 0, slug: creator?.login ?? '' },
    by: creator?.kind === 'bot' ? 'app' : 'person',
    state: statusStates[state] ?? 'unknown',
    word: state.toLowerCase(),
    url: textOrNull(status, 'targetUrl'),
    suiteId: null,
    workflowEvent: null,
    workflowId: null,
    startedAt: createdAt,
  }
}

function parseSuite(suite: Json): CheckSuite {
  const runs = childOrNull(suite, 'checkRuns')
  const count = runs === null ? 0 : integer(runs, 'totalCount')
  return {
    id: integer(suite, 'databaseId'),
    app: parseApp(suite),
    finished: text(suite, 'status') === 'COMPLETED',
    runs: count,
    awaitsApproval: count === 0 && textOrNull(suite, 'conclusion') === 'ACTION_REQUIRED',
    neverBegan: count === 0 && endsUnbegun.has(textOrNull(suite, 'conclusion')),
    workflowEvent: parseWorkflowEvent(suite),
    workflow: parseWorkflow(suite),
  }
}

/** What a workflow that never came to its first job ends with. A cancelled one gave way to another. */
const endsUnbegun: ReadonlySet<string | null> = new Set(['STARTUP_FAILURE', 'FAILURE', 'TIMED_OUT'])

function parseWorkflow(suite: Json): CheckSuite['workflow'] {
  const run = childOrNull(suite, 'workflowRun')
  const workflow = run === null ? null : child(run, 'workflow')
  return workflow === null ? null : { id: integer(workflow, 'databaseId'), name: text(workflow, 'name') }
}

function parseWorkflowEvent(suite: Json): string | null {
  const run = childOrNull(suite, 'workflowRun')
  return run === null ? null : text(run, 'event')
}

function parseWorkflowId(suite: Json): number | null {
  const run = childOrNull(suite, 'workflowRun')
  const workflow = run === null ? null : childOrNull(run, 'workflow')
  return typeof workflow?.['databaseId'] === 'number' ? integer(workflow, 'databaseId') : null
}

function parseApp(suite: Json): { readonly id: number; readonly slug: string } {
  const app = childOrNull(suite, 'app')
  return app === null ? { id: 0, slug: '' } : { id: integer(app, 'databaseId'), slug: text(app, 'slug') }
}

function parsePosted(run: Json): readonly PostedCheck[] {
  const name = checkNames.find((one) => one === run['name'])
  if (name === undefined) return []
  const fingerprint = /^waybill:([0-9a-f]+)$/.exec(textOrNull(run, 'externalId') ?? '')?.[1] ?? ''
  const completed = text(run, 'status') === 'COMPLETED'
  const conclusion = completed ? runState('COMPLETED', textOrNull(run, 'conclusion')) : null
  const startedAt = timeOrNull(run, 'startedAt')
  return [{ name, runId: integer(run, 'databaseId'), completed, conclusion, startedAt, fingerprint }]
}
