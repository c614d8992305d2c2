import { changeKeys } from '../model/change-keys.ts'
import { gatedBranches } from '../model/config-read.ts'
import type { Effect } from '../model/effect.ts'
import type { PullSnapshot } from '../model/pull.ts'
import { outcomeOf, type PullVerdict } from '../model/verdict.ts'
import { changeOfPull } from '../rules/change-facts.ts'
import { issueIsReady } from '../rules/issue-is-ready.ts'
import { judgePull } from '../rules/judge-pull.ts'
import { gateAnswer } from '../words/gate.ts'
import { lookAgain, lookSoon } from './look-again.ts'
import { newestPosted, postCheck } from './post-check.ts'
import { reportBuilds } from './report-builds.ts'
import { reportedRepository, reportPull } from './report-pull.ts'

/** An issue found good is written down again after this (ms), so that an outage of Jira is told a recent time. */
const verifiedFor = 3_600_000

/** What to do about a pull request: answer its gate, and tell Jira how it stands. */
export function planPull(snapshot: PullSnapshot): readonly Effect[] {
  const { ref, now, headSeenAt } = snapshot
  const keys = keysOf(snapshot)
  const verdict = judgePull(snapshot)
  switch (verdict.kind) {
    case 'silent':
      return verdict.because === 'closed' ? reportPull(snapshot, keys) : []
    case 'config-broken':
      return post(snapshot, verdict)
    case 'config-unreadable':
      return [...post(snapshot, verdict), ...lookSoon({ ref, now })]
    case 'judged':
      return [
        ...(answerStands(snapshot, verdict) ? [] : post(snapshot, verdict)),
        ...rememberIssues(snapshot),
        ...reportPull(snapshot, keys),
        ...buildsOf(snapshot, keys),
        ...lookAgain(verdict.findings, { ref, now, headSeenAt }),
      ]
  }
}

type Spoken = Exclude<PullVerdict, { kind: 'silent' }>

function post(snapshot: PullSnapshot, verdict: Spoken): readonly Effect[] {
  const answer = gateAnswer(verdict, snapshot)
  return postCheck({ name: 'waybill/gate', sha: snapshot.pull.headSha, answer }, snapshot.posted, snapshot.now)
}

/** While GitHub works out conflicts and nothing else is open, the answer this head has is not taken back. */
function answerStands({ posted }: PullSnapshot, verdict: Extract<Spoken, { kind: 'judged' }>): boolean {
  if (newestPosted(posted, 'waybill/gate') === null) return false
  const unknown = verdict.findings.some((one) => one.kind === 'waits' && one.reason.kind === 'mergeable-unknown')
  return unknown && outcomeOf(verdict.findings.filter((one) => one.rule !== 'mergeable')) === 'passes'
}

function rememberIssues(snapshot: PullSnapshot): readonly Effect[] {
  const { config, pull, issues, verified, now } = snapshot
  if (config.kind !== 'valid') return []
  const answer = issueIsReady(changeOfPull(snapshot), config.config)
  if (answer.kind !== 'passes') return []
  return changeKeys(config.config, pull)
    .filter((key) => issues.get(key)?.kind === 'found' && now - (verified.get(key) ?? 0) >= verifiedFor)
    .map((key): Effect => ({ kind: 'remember-verified', pull: pull.number, key, at: now }))
}

/** Whose issues hear of it: those of a pull request into a gated branch; none in report mode. */
function keysOf({ config, pull, gated, defaultBranch }: PullSnapshot): readonly string[] {
  if (config.kind !== 'valid' || config.config.mode === 'report') return []
  const lines = gated ?? gatedBranches(config.config, defaultBranch)
  return lines.includes(pull.base) ? changeKeys(config.config, pull) : []
}

function buildsOf({ ref, repositoryUrl, pull, checks }: PullSnapshot, issueKeys: readonly string[]): readonly Effect[] {
  if (checks.kind !== 'found') return []
  return reportBuilds({
    repository: reportedRepository(ref.repository, repositoryUrl),
    issueKeys,
    branch: pull.branch,
    sha: pull.headSha,
    checks: checks.value.checks,
    otherwiseAt: pull.updatedAt,
  })
}
