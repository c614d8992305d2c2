import { changeKeys } from '../model/change-keys.ts'
import { gatedBranches } from '../model/config-read.ts'
import type { Effect } from '../model/effect.ts'
import type { PullSnapshot } from '../model/pull.ts'
import { type Finding, outcomeOf, type PullVerdict } from '../model/verdict.ts'
import { changeOfPull } from '../rules/change-facts.ts'
import { issueIsReady } from '../rules/issue-is-ready.ts'
import { judgePull } from '../rules/judge-pull.ts'
import { gateAnswer } from '../words/gate.ts'
import { gateDetails } from '../words/gate-details.ts'
import { jiraAside } from '../words/jira-aside.ts'
import { auditGate } from './audit-gate.ts'
import { endBuilds } from './end-builds.ts'
import { lookAgain, lookSoon } from './look-again.ts'
import { planConfigCheck } from './plan-config-check.ts'
import { planOverrides } from './plan-override.ts'
import { newestPosted, postCheck } from './post-check.ts'
import { reportBuilds } from './report-builds.ts'
import { pullKeys, reportedRepository, reportPull } from './report-pull.ts'
import { versionAside } from './version-aside.ts'

/** An issue found good is written down again after this (ms), so that an outage of Jira is told a recent time. */
const verifiedFor = 3_600_000

/** What to do about a pull request: answer its gate and its configuration, and tell Jira how it stands. */
export function planPull(snapshot: PullSnapshot): readonly Effect[] {
  const { override, before, after } = planOverrides(snapshot)
  return [...before, ...planGate({ ...snapshot, override }), ...planConfigCheck(snapshot), ...after]
}

function planGate(snapshot: PullSnapshot): readonly Effect[] {
  const { ref, now, headSeenAt } = snapshot
  const verdict = judgePull(snapshot)
  switch (verdict.kind) {
    case 'silent':
      return [
        ...reportPull(snapshot),
        ...endedBuildsOf(snapshot),
        ...(verdict.because === 'closed' ? endLeases(snapshot) : []),
      ]
    case 'not-configured':
    case 'config-broken':
      return post(snapshot, verdict)
    case 'config-unreadable':
      return [...post(snapshot, verdict), ...lookSoon({ ref, now })]
    case 'judged':
      return [
        ...(answerStands(snapshot, verdict) ? [] : audited(snapshot, verdict)),
        ...rememberIssues(snapshot),
        ...reportPull(snapshot),
        ...buildsOf(snapshot),
        ...replacedBuildsOf(snapshot),
        ...lookAgain(verdict.findings, { ref, now, headSeenAt }),
        ...lookAtQueues(snapshot, verdict.findings),
        ...lookAtLine(snapshot),
      ]
  }
}

type Spoken = Exclude<PullVerdict, { kind: 'silent' }>

function audited(snapshot: PullSnapshot, verdict: Extract<Spoken, { kind: 'judged' }>): readonly Effect[] {
  const { posted, pull } = snapshot
  const subject = `${pull.base}#${pull.number}`
  return auditGate(post(snapshot, verdict), { posted, subject, findings: verdict.findings })
}

function post(snapshot: PullSnapshot, verdict: Spoken): readonly Effect[] {
  const answer = gateAnswer(verdict, snapshot)
  const shown = [snapshot, ...snapshot.others].find((one) => {
    return verdict.kind === 'judged' && one.pull.number === verdict.pull
  })
  const asides = [versionAside(verdict, shown ?? null), jiraAside(snapshot)]
  const details = () => (shown === undefined ? '' : gateDetails(shown))
  const check = { name: 'waybill/gate' as const, sha: snapshot.pull.headSha, answer, asides, details }
  return postCheck(check, snapshot.posted, snapshot.now)
}

/** The gate needs to know where its line stands: the line's first pass is ordered here. */
function lookAtLine({ ref, pull, config, standing, defaultBranch }: PullSnapshot): readonly Effect[] {
  if (standing !== null || config.kind !== 'valid') return []
  if (gatedBranches(config.config, defaultBranch)[0] !== pull.base) return []
  return [{ kind: 'look', ref: { kind: 'line', repository: ref.repository, branch: pull.base }, at: null }]
}

/** While GitHub works out conflicts and nothing else is open, the answer this head has is not taken back. */
function answerStands({ posted }: PullSnapshot, verdict: Extract<Spoken, { kind: 'judged' }>): boolean {
  if (newestPosted(posted, 'waybill/gate') === null) return false
  const unknown = verdict.findings.some((one) => one.kind === 'waits' && one.reason.kind === 'mergeable-unknown')
  return unknown && outcomeOf(verdict.findings.filter((one) => one.rule !== 'mergeable')) === 'passes'
}

/** In a merge queue, what it lacks now holds the groups it is in. */
function lookAtQueues({ queues }: PullSnapshot, findings: readonly Finding[]): readonly Effect[] {
  if (outcomeOf(findings) === 'passes') return []
  return queues.map((ref): Effect => ({ kind: 'look', ref, at: null }))
}

/** Closed unmerged: a rush box it holds is free, and that is the line's to see. */
function endLeases({ ref, config, defaultBranch }: PullSnapshot): readonly Effect[] {
  if (config.kind !== 'valid' || !config.config.environments.some((one) => one.kind === 'rush')) return []
  const [branch] = gatedBranches(config.config, defaultBranch)
  return [{ kind: 'look', ref: { kind: 'line', repository: ref.repository, branch }, at: null }]
}

function rememberIssues(snapshot: PullSnapshot): readonly Effect[] {
  const { config, pull, issues, verified, types, now } = snapshot
  if (config.kind !== 'valid') return []
  const answer = issueIsReady(changeOfPull(snapshot), config.config)
  if (answer.kind !== 'passes') return []
  return changeKeys(config.config, pull).flatMap((key): readonly Effect[] => {
    const issue = issues.get(key)
    if (issue?.kind !== 'found') return []
    const { type } = issue.value
    const known = types.get(key) === type && now - (verified.get(key) ?? 0) < verifiedFor
    return known ? [] : [{ kind: 'remember-verified', pull: pull.number, key, at: now, type }]
  })
}

/** Of a pull request that is over only what Jira takes for unfinished is told. */
function endedBuildsOf(snapshot: PullSnapshot): readonly Effect[] {
  const unfinished = new Set(snapshot.unfinished.map(({ key }) => key))
  const own = unfinished.size === 0 ? [] : buildsOf(snapshot)
  return [
    ...own.filter((effect) => effect.kind === 'report' && unfinished.has(effect.report.key)),
    ...replacedBuildsOf(snapshot),
  ]
}

/** Builds of a head that is the head no more. */
function replacedBuildsOf({ config, pull, unfinished }: PullSnapshot): readonly Effect[] {
  if (config.kind !== 'valid' || config.config.mode === 'report') return []
  return endBuilds(
    config.config,
    unfinished.filter(({ build }) => build.sha !== pull.headSha),
  )
}

function buildsOf(snapshot: PullSnapshot): readonly Effect[] {
  const { ref, config, repositoryUrl, pull, checks } = snapshot
  if (checks.kind !== 'found' || config.kind !== 'valid') return []
  return reportBuilds({
    config: config.config,
    repository: reportedRepository(ref.repository, repositoryUrl),
    issueKeys: pullKeys(snapshot),
    branch: pull.branch,
    sha: pull.headSha,
    checks: checks.value.checks,
    otherwiseAt: pull.updatedAt,
  })
}
