import type { BranchHead, BranchSnapshot } from '../model/branch.ts'
import { gatedBranches, isEnforced } from '../model/config-read.ts'
import type { Config } from '../model/config-schema.ts'
import { found } from '../model/lookup.ts'
import { type BranchVerdict, type Finding, outcomeOf } from '../model/verdict.ts'
import { branchNamesIssue } from './branch-names-issue.ts'
import type { ChangeFacts } from './change-facts.ts'
import { issueIsReady } from './issue-is-ready.ts'

/**
 * A pushed branch's name and issue. A check belongs to a commit, so the answer is the best over the branches at it that
 * have no open pull request: the same commit pushed under a better name turns green.
 */
export function judgeBranch(snapshot: BranchSnapshot): BranchVerdict {
  const { ref, head, config } = snapshot
  if (head === null) return { kind: 'silent', because: 'gone' }
  if (isQueue(ref.branch)) return { kind: 'silent', because: 'merge-queue' }
  if (config.kind === 'absent') return { kind: 'silent', because: 'not-configured' }
  if (isLine(ref.branch, snapshot)) return { kind: 'silent', because: 'line' }
  if (head.openPulls.length > 0) return { kind: 'silent', because: 'has-pull' }
  if (head.onLine) return { kind: 'silent', because: 'on-line' }
  if (config.kind === 'broken')
    return { kind: 'config-broken', path: config.path, problems: config.problems, enforced: isEnforced(config) }
  if (config.kind === 'unknown') return { kind: 'config-unreadable', cause: config.cause, enforced: isEnforced(config) }
  const names = [ref.branch, ...head.siblings.flatMap((one) => (one.hasOpenPull ? [] : [one.name]))]
  const judged = [...new Set(names)]
    .filter((name) => !isQueue(name) && !isLine(name, snapshot))
    .toSorted()
    .map((branch) => ({ branch, findings: judgeName({ branch, snapshot, head }, config.config) }))
  const rank = { passes: 0, waits: 1, blocks: 2 }
  const [best = { branch: ref.branch, findings: [] }] = judged.toSorted((a, b) => {
    return rank[outcomeOf(a.findings)] - rank[outcomeOf(b.findings)]
  })
  return { kind: 'judged', ...best, enforced: config.config.mode === 'enforce' }
}

type Named = { readonly branch: string; readonly snapshot: BranchSnapshot; readonly head: BranchHead }

function judgeName({ branch, snapshot, head }: Named, config: Config): readonly Finding[] {
  const headline = head.message.split('\n', 1)[0] ?? ''
  const change: ChangeFacts = {
    branch,
    title: headline,
    onPull: false,
    isFork: false,
    pusher: branch === snapshot.ref.branch ? head.pusher : null,
    headlines: found([]),
    issues: snapshot.issues,
    verified: new Map(),
    movedToDone: snapshot.movedToDone,
    jiraAwaySince: snapshot.jiraAwaySince,
    reverts: null,
    isOlder: false,
  }
  return [
    { rule: 'branch-names-issue', ...branchNamesIssue(change, config) },
    { rule: 'issue-is-ready', ...issueIsReady(change, config) },
  ]
}

function isLine(branch: string, { config, defaultBranch }: BranchSnapshot): boolean {
  if (branch === defaultBranch) return true
  return config.kind === 'valid' && gatedBranches(config.config, defaultBranch).includes(branch)
}

/** GitHub's own branches for a merge queue: a group is judged by its line. */
function isQueue(branch: string): boolean {
  return branch.startsWith('gh-readonly-queue/')
}
