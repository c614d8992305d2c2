import { listRefs } from '../git/refs.ts'
import { nodeId } from '../node-id.ts'
import { serializeCheckRunOfEvent, serializeCheckSuite } from '../rest/serialize-check.ts'
import type { App, User } from '../state/accounts.ts'
import type {
  CheckAction,
  CheckAnnotation,
  CheckConclusion,
  CheckRun,
  CheckStatus,
  CheckSuite,
} from '../state/check.ts'
import type { Repository } from '../state/repository.ts'
import type { State } from '../state.ts'
import { summariseSuite } from '../summarise-suite.ts'
import { emit } from './emit.ts'

/** What an App says about its run; undefined stays as it is. A conclusion makes the run completed. */
export type CheckReport = {
  readonly name: string | undefined
  readonly status: CheckStatus | undefined
  readonly conclusion: CheckConclusion | undefined
  readonly output:
    | { readonly title: string | undefined; readonly summary: string | undefined; readonly text: string | undefined }
    | undefined
  readonly annotations: readonly CheckAnnotation[]
  readonly actions: readonly CheckAction[] | undefined
  readonly externalId: string | undefined
  readonly detailsUrl: string | undefined
  readonly startedAt: number | undefined
  readonly completedAt: number | undefined
}

/** Makes a run, and the App's suite for the commit where there is none. Sends `created`, and `completed` if it is. */
export async function createCheckRun(
  state: State,
  repository: Repository,
  wanted: { readonly app: App; readonly name: string; readonly sha: string; readonly report: CheckReport },
): Promise<CheckRun> {
  const suite = await suiteFor(state, repository, wanted)
  const before = summariseSuite(repository, suite).status
  const id = state.nextId()
  const run: CheckRun = {
    id,
    nodeId: nodeId('CheckRun', id),
    suite,
    app: wanted.app,
    name: wanted.name,
    headSha: wanted.sha,
    ...blank,
    annotations: [],
    startedAt: state.now(),
    createdAt: state.now(),
  }
  apply(state, run, wanted.report)
  repository.checkRuns.push(run)
  emitRun(state, repository, { run, action: 'created', sender: wanted.app.bot })
  if (run.status === 'completed') await emitCompleted(state, repository, { run, before })
  return run
}

/** Changes a run. One that is completed is final: what would take it back to another status changes nothing. */
export async function updateCheckRun(
  state: State,
  repository: Repository,
  { run, report }: { readonly run: CheckRun; readonly report: CheckReport },
): Promise<void> {
  const wasCompleted = run.status === 'completed'
  const takesBack = report.conclusion === undefined && report.status !== undefined && report.status !== 'completed'
  if (wasCompleted && takesBack) return
  const before = summariseSuite(repository, run.suite).status
  apply(state, run, report)
  if (!wasCompleted && run.status === 'completed') await emitCompleted(state, repository, { run, before })
}

/** A person presses a button of the run, or asks for it again; only the run's own App hears of it. */
export function askOfCheckRun(
  state: State,
  repository: Repository,
  asked: { readonly run: CheckRun; readonly sender: User; readonly identifier: string | undefined },
): void {
  const { run, sender, identifier } = asked
  const action = identifier === undefined ? 'rerequested' : 'requested_action'
  emitRun(state, repository, { run, action, sender, identifier, only: run.app })
}

const blank = {
  status: 'queued',
  conclusion: undefined,
  title: undefined,
  summary: undefined,
  text: undefined,
  actions: [],
  externalId: '',
  detailsUrl: undefined,
  completedAt: undefined,
} as const

function apply(state: State, run: CheckRun, report: CheckReport): void {
  run.name = report.name ?? run.name
  run.status = report.conclusion === undefined ? (report.status ?? run.status) : 'completed'
  run.conclusion = run.status === 'completed' ? (report.conclusion ?? run.conclusion) : undefined
  run.title = report.output?.title ?? run.title
  run.summary = report.output?.summary ?? run.summary
  run.text = report.output?.text ?? run.text
  run.annotations.push(...report.annotations)
  run.actions = report.actions ?? run.actions
  run.externalId = report.externalId ?? run.externalId
  run.detailsUrl = report.detailsUrl ?? run.detailsUrl
  run.startedAt = report.startedAt ?? run.startedAt
  if (run.status === 'completed') run.completedAt = report.completedAt ?? run.completedAt ?? state.now()
  run.suite.updatedAt = state.now()
}

async function suiteFor(
  state: State,
  repository: Repository,
  { app, sha }: { readonly app: App; readonly sha: string },
): Promise<CheckSuite> {
  const known = repository.checkSuites.find((suite) => suite.app === app && suite.headSha === sha)
  if (known !== undefined) return known
  const headBranch = await branchOf(repository, sha)
  const id = state.nextId()
  const now = state.now()
  const suite = { id, nodeId: nodeId('CheckSuite', id), app, headSha: sha, headBranch, createdAt: now, updatedAt: now }
  const raced = repository.checkSuites.find((one) => one.app === app && one.headSha === sha)
  if (raced === undefined) repository.checkSuites.push(suite)
  return raced ?? suite
}

/** The branch of the commit: one that points at it, else the head branch of a pull request that did. */
async function branchOf(repository: Repository, sha: string): Promise<string | undefined> {
  const refs = await listRefs(repository.path, 'refs/heads/')
  const pointing = refs.find((ref) => ref.commit === sha)?.name.replace('refs/heads/', '')
  return pointing ?? repository.pulls.find(({ head }) => head.sha === sha)?.head.ref
}

async function emitCompleted(
  state: State,
  repository: Repository,
  { run, before }: { readonly run: CheckRun; readonly before: string },
): Promise<void> {
  const { suite } = run
  const sender = run.app.bot
  emitRun(state, repository, { run, action: 'completed', sender })
  if (before === 'completed' || summariseSuite(repository, suite).status !== 'completed') return
  const { conclusion, ...rest } = await serializeCheckSuite(state, repository, suite)
  const check_suite = { ...rest, conclusion: conclusion === 'skipped' ? 'success' : conclusion }
  emit(state, { name: 'check_suite', repository, sender, payload: { action: 'completed', check_suite } })
}

function emitRun(
  state: State,
  repository: Repository,
  event: {
    readonly run: CheckRun
    readonly action: string
    readonly sender: User
    readonly identifier?: string | undefined
    readonly only?: App
  },
): void {
  const { run, action, sender, identifier, only } = event
  const pressed = identifier === undefined ? {} : { requested_action: { identifier } }
  const payload = { action, check_run: serializeCheckRunOfEvent(state, repository, run), ...pressed }
  emit(state, { name: 'check_run', repository, sender, payload, only })
}
