import type { AuditEntry } from '../model/audit-entry.ts'
import type { Effect } from '../model/effect.ts'
import { fingerprint } from '../model/fingerprint.ts'
import { historyOf } from '../model/history.ts'
import { seenAs } from '../model/line-seen.ts'
import { type RunSnapshot, type RunVerdict, runKey } from '../model/run.ts'
import { judgeRun } from '../rules/judge-run.ts'
import { runApproved, runRejected, runWaits } from '../words/run-answers.ts'
import { liftHold } from './lift-hold.ts'

/** GitHub takes ten reports on one deployment; the last one is kept for the answer. */
const mostReports = 9

/** What waits so long (ms) is answered no, as a wish in a comment is. GitHub itself fails a job after 30 days. */
const expiry = 7 * 24 * 3_600_000

/** A line that could not be read for so long (ms) is answered no: the job can be run again. */
const patience = 3_600_000

const soonest = 30_000
const latest = 600_000

/** Answers a job that asks for an environment: yes, no, or what it waits for. Nothing waits for ever. */
export function planRun(snapshot: RunSnapshot): readonly Effect[] {
  const { ref, run, said } = snapshot
  if (run.completed || said.has(`${runKey(ref, run)}:answer`)) return []
  const verdict = verdictOf(snapshot)
  switch (verdict.kind) {
    case 'approved':
      return answer(snapshot, verdict, { state: 'approved', comment: runApproved(verdict, ref.environment) })
    case 'rejected':
      return answer(snapshot, verdict, { state: 'rejected', comment: runRejected(verdict, ref.environment) })
    case 'waits':
      return [...report(snapshot, runWaits(verdict, ref.environment)), lookAgain(snapshot)]
  }
}

function verdictOf({ ref, run, line, now }: RunSnapshot): RunVerdict {
  const age = now - run.startedAt
  const version = run.headSha.slice(0, 7)
  if ('unread' in line) {
    const reason = { kind: 'run-unjudged', cause: line.unread } as const
    return { kind: age < patience ? 'waits' : 'rejected', version, reason }
  }
  const verdict = judgeRun(line, run, ref.environment)
  if (verdict.kind !== 'waits' || age < expiry) return verdict
  return { kind: 'rejected', version: verdict.version, reason: { kind: 'expired' } }
}

type Said = { readonly state: 'approved' | 'rejected'; readonly comment: string }

function answer(snapshot: RunSnapshot, verdict: RunVerdict, { state, comment }: Said): readonly Effect[] {
  const { ref, run, line } = snapshot
  const key = runKey(ref, run)
  const configuration = 'unread' in line || line.config.kind !== 'valid' ? [] : [`configuration ${line.config.sha}`]
  const entry: AuditEntry = {
    key,
    action: state === 'approved' ? 'promote' : 'refuse',
    actor: run.by === null ? null : { id: run.by.id, login: run.by.login },
    subject: `${ref.branch}@${run.headSha}`,
    version: verdict.version,
    sha: run.headSha,
    environment: ref.environment,
    reason: verdict.kind === 'approved' ? `a job of GitHub Actions: ${verdict.because}` : verdict.reason.kind,
    evidence: [run.url, ...configuration],
  }
  return [
    { kind: 'audit', entry },
    ...lifted(snapshot, verdict),
    { kind: 'answer-run', key: `${key}:answer`, runId: ref.runId, environment: ref.environment, state, comment },
  ]
}

/** A person's promotion lifts what a rollback held, by a job as by a comment. */
function lifted({ ref, run, line }: RunSnapshot, verdict: RunVerdict): readonly Effect[] {
  const isPromotion = verdict.kind === 'approved' && verdict.because === 'judged' && run.by !== null
  if (!isPromotion || 'unread' in line || line.config.kind !== 'valid') return []
  const { config } = line.config
  const named = config.environments.find(({ name }) => name.toLowerCase() === ref.environment.toLowerCase())
  const history = historyOf(seenAs(line, config), config.release?.tag ?? 'v{version}')
  if (named === undefined || named.deploy === 'auto' || run.by === null) return []
  return liftHold(
    { line, history },
    { environment: named.name, sha: run.headSha, by: run.by, promotion: runKey(ref, run) },
  )
}

/** Says what it waits for, unless that was the last thing said, or GitHub would take no more. */
function report({ ref, run, said }: RunSnapshot, comment: string): readonly Effect[] {
  const key = runKey(ref, run)
  const reports = [...said.keys()].filter((one) => one.startsWith(`${key}:report:`)).length
  const last = said.get(`${key}:report:${reports}`)
  if (reports >= mostReports || last === fingerprint(comment)) return []
  const { runId, environment } = ref
  return [{ kind: 'answer-run', key: `${key}:report:${reports + 1}`, runId, environment, state: null, comment }]
}

/** The older the question, the seldomer it is asked again; a lease or a pause of minutes is not noticed late. */
function lookAgain({ ref, run, now }: RunSnapshot): Effect {
  const pause = Math.min(latest, Math.max(soonest, Math.floor((now - run.startedAt) / 10)))
  return { kind: 'look', ref, at: now + pause }
}
