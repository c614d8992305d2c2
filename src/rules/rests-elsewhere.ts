import type { Reason } from '../model/reason.ts'
import type { BranchVerdict, Finding, PullVerdict } from '../model/verdict.ts'
import { couldNotBeRead } from './could-not-be-read.ts'

/** These end by something that no page of the pull request shows: in Jira, on the line, in an account or a team, or with the next read. */
const elsewhere: ReadonlySet<Reason['kind']> = new Set<Reason['kind']>([
  'issue-not-found',
  'issue-done',
  'issue-status-not-allowed',
  'issue-moved',
  // The e-mail is added to an account, or somebody who approved to the owners' team.
  'author-unknown',
  'policy-owner-missing',
  'mergeable-unknown',
  'line-unknown',
  'line-red',
])

/** Whether an answer may become another one without anything coming to its subject. */
export function restsElsewhere(verdict: PullVerdict | BranchVerdict): boolean {
  if (verdict.kind === 'config-unreadable') return true
  if (verdict.kind !== 'judged') return false
  return verdict.findings.some(hangsElsewhere)
}

function hangsElsewhere(finding: Finding): boolean {
  switch (finding.kind) {
    case 'passes':
    case 'skips':
      return finding.note.kind === 'issue-verified-before'
    case 'waits':
    case 'blocks':
      return hangsOn(finding.reason)
  }
}

function hangsOn(reason: Reason): boolean {
  return elsewhere.has(reason.kind) || couldNotBeRead(reason) || hangsOnPeople(reason)
}

/** Somebody approved who may not yet: rights and teams change elsewhere. */
function hangsOnPeople(reason: Reason): boolean {
  if (reason.kind !== 'approvals-missing') return false
  const rights = new Set(['no-write-access', 'not-an-approver'])
  return reason.nobody.length > 0 || reason.uncounted.some(({ because }) => rights.has(because))
}
