import type { BranchFacts, BranchHead } from '../model/branch.ts'
import type { Effect } from '../model/effect.ts'
import { reportedRepository } from './report-pull.ts'

/** Tells Jira of a pushed branch and its last commit. */
export function reportBranch(facts: BranchFacts, head: BranchHead, issueKeys: readonly string[]): readonly Effect[] {
  if (issueKeys.length === 0) return []
  const { ref, repositoryUrl } = facts
  const { sha, message, author, committedAt, pushedAt } = head
  const branch = { name: ref.branch, commit: { sha, message, author, at: committedAt } }
  const repository = reportedRepository(ref.repository, repositoryUrl)
  const report = { key: `branch:${ref.repository.id}:${ref.branch}`, issueKeys, sequence: pushedAt }
  return [{ kind: 'report', report: { ...report, body: { kind: 'branch', repository, branch } } }]
}
