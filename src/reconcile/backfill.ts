import { gatedBranches } from '../model/config-read.ts'
import { Failed } from '../model/failure.ts'
import type { LineSnapshot } from '../model/line.ts'
import type { LineRef, Ref, Repository } from '../model/ref.ts'
import type { Report } from '../model/report.ts'
import { planBranch } from '../plan/plan-branch.ts'
import { planPull } from '../plan/plan-pull.ts'
import { asPast, reportPastLine, reportPastPull } from '../plan/report-past.ts'
import { reportedRepository } from '../plan/report-pull.ts'
import type { Eyes } from './eyes.ts'
import { lookAtBranch, lookAtPull } from './look-at.ts'
import { lookAtLine } from './look-at-line.ts'
import type { Post } from './outage.ts'
import { sendReports } from './send-reports.ts'
import type { BackfillMark } from './world/telling.ts'
import type { World } from './world/world.ts'

export type Backfilling = {
  readonly eyes: Eyes
  readonly post: Post
  readonly line: LineRef
  /** ms, UTC; what was last touched before is left out. */
  readonly since: number
  readonly pause: (ms: number) => Promise<void>
  readonly tell: (progress: Progress) => void
}

export type Progress =
  | { readonly kind: 'step'; readonly what: string; readonly done: number; readonly of: number }
  | { readonly kind: 'waits'; readonly until: number }

/**
 * Tells Jira of a repository's past: the line's merges and deployments, open pull requests and branches, then every pull
 * request touched since. What was told before is not told again; stopped in the middle, it goes on where it was. Answers
 * how many entries of the panels were told, null where nothing is configured.
 */
export async function backfill(run: Backfilling): Promise<number | null> {
  const { eyes, line: ref, since } = run
  const { repository } = ref
  // Also the deployments that are settled: their statuses are read once more.
  const memory: World['memory'] = { ...eyes.memory, settledAmong: async () => new Set() }
  const line = await lookAtLine({ ...eyes, memory }, ref)
  if (line === null || line.config.kind !== 'valid') return null
  const mark: BackfillMark = (await eyes.memory.backfillMark(repository, since)) ?? { step: 'line', after: null }
  let told = 0
  if (mark.step === 'line') {
    told += await send(run, reportPastLine(line, since), { what: 'merges and deployments', done: 1, of: 1 })
    await eyes.memory.saveBackfillMark(repository, since, { step: 'open', after: null })
  }
  if (mark.step === 'line' || mark.step === 'open') {
    told += await tellOpen(run)
    await eyes.memory.saveBackfillMark(repository, since, { step: 'pulls', after: null })
  }
  const after = mark.step === 'pulls' ? mark.after : null
  return told + (mark.step === 'done' ? 0 : await tellPulls(run, line, after))
}

async function tellOpen(run: Backfilling): Promise<number> {
  const { eyes, line } = run
  const refs = await eyes.code.listRefs(line.repository)
  const open = refs.filter(({ kind }) => kind === 'branch' || kind === 'pull')
  let told = 0
  for (const [at, ref] of open.entries()) {
    const reports = (await reportsOf(eyes, ref)).map(asPast)
    told += await send(run, reports, { what: 'branches and open pull requests', done: at + 1, of: open.length })
  }
  return told
}

async function reportsOf(eyes: Eyes, ref: Ref): Promise<readonly Report[]> {
  const branch = ref.kind === 'branch' ? await lookAtBranch(eyes, ref) : null
  const pull = ref.kind === 'pull' ? await lookAtPull(eyes, ref) : null
  const plan = [...(branch === null ? [] : planBranch(branch)), ...(pull === null ? [] : planPull(pull))]
  return plan.flatMap((effect) =>
    effect.kind === 'report' && effect.report.body.kind !== 'gone' ? [effect.report] : [],
  )
}

async function tellPulls(run: Backfilling, line: LineSnapshot, from: string | null): Promise<number> {
  const { eyes, since } = run
  if (line.config.kind !== 'valid') return 0
  const { config } = line.config
  const { repository } = run.line
  const past = {
    config,
    defaultBranch: line.defaultBranch,
    repository: reportedRepository(repository, line.repositoryUrl),
  }
  let told = 0
  let seen = 0
  let after = from
  for (;;) {
    const page = await eyes.code.listPastPulls(repository, after)
    const recent = page.pulls.filter(({ updatedAt }) => updatedAt >= since)
    // An open one was read whole, with its reviewers and builds.
    const over = recent.filter(({ status }) => status !== 'OPEN').flatMap((pull) => reportPastPull(past, pull))
    const reports = await unknownOf(eyes, repository, over)
    seen += page.pulls.length
    told += await send(run, reports, { what: 'pull requests', done: Math.min(seen, page.total), of: page.total })
    after = recent.length < page.pulls.length ? null : page.next
    if (after === null) break
    await eyes.memory.saveBackfillMark(repository, since, { step: 'pulls', after })
  }
  await eyes.memory.saveBackfillMark(repository, since, { step: 'done', after: null })
  return told
}

/** What was told in full, with its reviewers, is not told again without them. */
async function unknownOf(
  { memory }: Eyes,
  repository: Repository,
  reports: readonly Report[],
): Promise<readonly Report[]> {
  const keys = reports.map(({ key }) => key)
  const told = await memory.reported(repository, keys)
  const known = new Map(told.map(({ key, body }) => [key, statusIn(body)]))
  return reports.filter(({ key, body }) => known.get(key) !== statusIn(body))
}

function statusIn(body: Report['body']): string | null {
  return body.kind === 'pull' ? body.pull.status : null
}

type Step = { readonly what: string; readonly done: number; readonly of: number }

/** Saves and sends, and waits where Jira asks to. Rejects with `Failed` when it does not come back within an hour. */
async function send(
  { eyes, post, line, pause, tell }: Backfilling,
  reports: readonly Report[],
  step: Step,
): Promise<number> {
  for (const one of reports) await eyes.memory.saveReport(line.repository, one)
  const patience = post.now() + 3_600_000
  for (;;) {
    const until = await sendReports(post, line.repository, Math.random)
    const outage = await eyes.memory.outage('panels')
    // What is kept for reasons of its own is not waited for.
    if (until === null || outage === null) break
    if (until > patience) throw new Failed({ kind: 'busy', until, cause: outage.cause })
    tell({ kind: 'waits', until })
    await pause(Math.max(0, until - post.now()))
  }
  tell({ kind: 'step', ...step })
  return reports.length
}

/** The line that is released: the default branch, or the one its file names. */
export function releasedLine(line: LineSnapshot): LineRef {
  if (line.config.kind !== 'valid') return line.ref
  const [branch] = gatedBranches(line.config.config, line.defaultBranch)
  return { ...line.ref, branch }
}
