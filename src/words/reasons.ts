import type { Reason } from '../model/reason.ts'
import { explainApproval } from './explain-approval.ts'
import { explainChecks } from './explain-checks.ts'
import { explainIssue } from './explain-issue.ts'
import { explainLine } from './explain-line.ts'
import { explainNaming } from './explain-naming.ts'
import { code, inert } from './inert.ts'
import { byItself, type ReasonWords } from './reason-words.ts'

/** Why a rule is not content, who can change that, and the next step. One set of sentences per reason; all from outside is inert. */
export function explainReason(reason: Reason): ReasonWords {
  switch (reason.kind) {
    case 'branch-without-key':
    case 'branch-off-pattern':
    case 'foreign-project':
    case 'several-issues':
      return explainNaming(reason)
    case 'issue-not-found':
    case 'issue-done':
    case 'issue-status-not-allowed':
    case 'issue-moved':
    case 'issue-unreadable':
      return explainIssue(reason)
    case 'approvals-missing':
    case 'changes-requested':
    case 'policy-owner-missing':
    case 'author-unknown':
    case 'reviews-unreadable':
    case 'commits-unreadable':
    case 'commits-unlisted':
    case 'team-unreadable':
      return explainApproval(reason)
    case 'nothing-reported':
    case 'checks-settling':
    case 'checks-pending':
    case 'checks-cancelled':
    case 'checks-failed':
    case 'checks-unreadable':
    case 'required-unreadable':
      return explainChecks(reason)
    case 'revert-unreadable':
      return explainRevert(reason)
    case 'draft':
    case 'conflict':
    case 'mergeable-unknown':
      return explainState(reason)
    case 'line-red':
    case 'line-unknown':
      return explainLine(reason)
  }
}

function explainRevert(reason: Extract<Reason, { kind: 'revert-unreadable' }>): ReasonWords {
  return {
    short: `whether it undoes #${reason.pull} can't be read`,
    cause: `Its branch is named as GitHub's “Revert” button names one; whether it undoes #${reason.pull} can't be read: ${inert(reason.cause)}.`,
    who: byItself,
    next: 'Waybill asks again in half a minute.',
  }
}

function explainState(reason: Extract<Reason, { kind: 'draft' | 'conflict' | 'mergeable-unknown' }>): ReasonWords {
  switch (reason.kind) {
    case 'draft':
      return {
        short: 'a draft',
        cause: 'This pull request is a draft.',
        who: 'The author',
        next: 'Mark it ready for review.',
      }
    case 'conflict':
      return {
        short: 'conflicts with its base',
        cause: `It conflicts with ${code(reason.base)}.`,
        who: 'The author',
        next: `Merge ${code(reason.base)} into the branch, resolve the conflicts, and push.`,
      }
    case 'mergeable-unknown':
      return {
        short: 'GitHub is still looking for conflicts',
        cause: 'GitHub has not worked out yet whether it can be merged.',
        who: byItself,
        next: 'Waybill asks again in a moment.',
      }
  }
}
