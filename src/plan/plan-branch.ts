import type { BranchHead, BranchSnapshot } from '../model/branch.ts'
import type { Effect } from '../model/effect.ts'
import { outcomeOf } from '../model/verdict.ts'
import { judgeBranch } from '../rules/judge-branch.ts'
import { branchAnswer } from '../words/branch.ts'
import { lookAgain, lookSoon } from './look-again.ts'
import { moveIssues } from './move-issues.ts'
import { postCheck } from './post-check.ts'
import { branchKeys, reportBranch, reportBranchGone } from './report-branch.ts'
import { reportBuilds } from './report-builds.ts'
import { reportedRepository } from './report-pull.ts'

/** What to do about a pushed branch: say what is wrong with its name, and tell Jira that it is there. */
export function planBranch(snapshot: BranchSnapshot): readonly Effect[] {
  const { ref, head, now } = snapshot
  const verdict = judgeBranch(snapshot)
  if (head === null) return reportBranchGone(snapshot)
  switch (verdict.kind) {
    case 'silent':
      if (verdict.because === 'line') return [{ kind: 'look', ref: { ...ref, kind: 'line' }, at: null }]
      return verdict.because === 'has-pull' ? reportBranch(snapshot, head) : []
    case 'config-broken':
      return post(snapshot, head, verdict)
    case 'config-unreadable':
      return [...post(snapshot, head, verdict), ...lookSoon({ ref, now })]
    case 'judged':
      return [
        ...post(snapshot, head, verdict),
        ...reportBranch(snapshot, head),
        ...buildsOf(snapshot, head),
        ...(outcomeOf(verdict.findings) === 'blocks' ? [] : movePushed(snapshot, head)),
        ...lookAgain(verdict.findings, { ref, now, headSeenAt: head.pushedAt }),
      ]
  }
}

function post(snapshot: BranchSnapshot, head: BranchHead, verdict: Parameters<typeof branchAnswer>[0]) {
  const answer = branchAnswer(verdict, snapshot)
  return postCheck({ name: 'waybill/branch', sha: head.sha, answer }, head.posted, snapshot.now)
}

function movePushed(snapshot: BranchSnapshot, head: BranchHead): readonly Effect[] {
  const { ref, config, now } = snapshot
  if (config.kind !== 'valid') return []
  return moveIssues({
    config: config.config,
    repositoryId: ref.repository.id,
    station: 'branch',
    subject: ref.branch,
    issueKeys: branchKeys(snapshot),
    because: `the branch ${ref.branch} was pushed`,
    at: head.pushedAt,
    now,
  })
}

function buildsOf(snapshot: BranchSnapshot, head: BranchHead): readonly Effect[] {
  const { ref, config, repositoryUrl } = snapshot
  if (config.kind !== 'valid') return []
  return reportBuilds({
    config: config.config,
    repository: reportedRepository(ref.repository, repositoryUrl),
    issueKeys: branchKeys(snapshot),
    branch: ref.branch,
    sha: head.sha,
    checks: head.checks.checks,
    otherwiseAt: head.pushedAt,
  })
}
