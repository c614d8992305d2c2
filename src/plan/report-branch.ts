import type { BranchHead, BranchSnapshot, PushedCommit } from '../model/branch.ts'
import type { Effect } from '../model/effect.ts'
import { issueKeysIn } from '../model/issue-key.ts'
import type { ReportedCommit } from '../model/report.ts'
import { report, takeBack } from './report.ts'
import { reportedRepository } from './report-pull.ts'

/** Tells Jira of a pushed branch and its commits. */
export function reportBranch(snapshot: BranchSnapshot, head: BranchHead): readonly Effect[] {
  const { ref, repositoryUrl, config } = snapshot
  const issueKeys = branchKeys(snapshot)
  if (config.kind !== 'valid' || issueKeys.length === 0) return []
  const branch = { name: ref.branch, commit: reportedCommit(head), earlier: head.earlier.map(reportedCommit) }
  const repository = reportedRepository(ref.repository, repositoryUrl)
  const body = { kind: 'branch' as const, repository, branch }
  return [report(config.config, { key: keyOf(snapshot), issueKeys, sequence: head.pushedAt, body })]
}

/** Tells Jira that a branch is gone, where it was told of it. */
export function reportBranchGone(snapshot: BranchSnapshot): readonly Effect[] {
  const { ref, repositoryUrl } = snapshot
  const repository = reportedRepository(ref.repository, repositoryUrl)
  return [takeBack(keyOf(snapshot), repository, { kind: 'branch', name: ref.branch })]
}

/** Whose issues hear of it: none in report mode. */
export function branchKeys({ ref, config }: BranchSnapshot): readonly string[] {
  if (config.kind !== 'valid' || config.config.mode === 'report') return []
  return issueKeysIn(ref.branch, config.config.issues.projects)
}

function reportedCommit({ sha, message, author, committedAt }: PushedCommit): ReportedCommit {
  return { sha, message, author, at: committedAt }
}

function keyOf({ ref }: BranchSnapshot): string {
  return `branch:${ref.repository.id}:${ref.branch}`
}
