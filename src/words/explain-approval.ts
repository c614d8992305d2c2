import type { Reason } from '../model/reason.ts'
import { code, inert, plain } from './inert.ts'
import { byItself, type ReasonWords } from './reason-words.ts'
import { uncountedSentence } from './uncounted-review.ts'

type ApprovalReason = Extract<
  Reason,
  {
    kind:
      | 'approvals-missing'
      | 'changes-requested'
      | 'policy-owner-missing'
      | 'author-unknown'
      | 'reviews-unreadable'
      | 'commits-unreadable'
      | 'commits-unlisted'
      | 'team-unreadable'
  }
>

/** What is missing of the approvals. */
export function explainApproval(reason: ApprovalReason): ReasonWords {
  switch (reason.kind) {
    case 'approvals-missing':
      return approvalsMissing(reason)
    case 'changes-requested':
      return {
        short: `changes requested by ${plain(reason.by.join(', '))}`,
        cause: `Changes are requested by ${reason.by.map(inert).join(', ')}.`,
        who: `${reason.by.map(inert).join(', ')}, after the author`,
        next: 'Make the changes and have them approved by whoever asked, or have that review dismissed.',
      }
    case 'policy-owner-missing':
      return ownerMissing(reason)
    case 'author-unknown':
      return authorUnknown(reason)
    case 'reviews-unreadable':
      return unreadable('reviews', reason.cause)
    case 'commits-unreadable':
      return unreadable('commits', reason.cause)
    case 'commits-unlisted':
      return {
        short: 'GitHub does not list all of its commits',
        cause:
          "Who wrote it, and for which issues, can't be told: GitHub lists no more than 250 commits of a pull request, and Waybill reads no more than 50 authors of a commit.",
        who: 'The author',
        next: 'Squash it to fewer commits, or make several pull requests of it.',
      }
    case 'team-unreadable':
      return {
        short: `the members of ${plain(reason.team)} can't be read`,
        cause: `Whether those who approved belong to ${code(reason.team)} can't be read: ${inert(reason.cause)}.`,
        who: 'An admin of the organisation',
        next: "Check that the team exists and that Waybill may read the organisation's members, or mend what names it in the configuration.",
      }
  }
}

type Missing = Extract<Reason, { kind: 'approvals-missing' }>

function ownerMissing(reason: Extract<Reason, { kind: 'policy-owner-missing' }>): ReasonWords {
  const owners = reason.owners.map(code).join(', ')
  const rest = reason.uncounted.map((review) => ` ${uncountedSentence(review)}`).join('')
  const key = 'policy-owners'
  return {
    short: 'an owner of the policy has not approved',
    cause: `It touches the configuration, which ${owners} must agree to.${rest}${nobodySentence(key, reason.nobody)}`,
    ...(reason.canBe
      ? { who: `One of ${owners} who wrote no part of it`, next: 'Review the newest commit and approve it in GitHub.' }
      : noneLeft(key, owners)),
  }
}

/** No further approval by those who are named can be enough. */
function noneLeft(key: string, named: string): Pick<ReasonWords, 'who' | 'next'> {
  return {
    who: `Whoever keeps the configuration: too few of ${named} are there who wrote no part of it`,
    next: `Name more people in ${code(key)} on the base branch, let somebody else write it, or comment ${code('/waybill override REASON')} where ${code('merge.overriders')} names you.`,
  }
}

function approvalsMissing({ wanted, given, approvers, uncounted, nobody, canBe }: Missing): ReasonWords {
  const missing = wanted - given.length
  const have =
    given.length === 0
      ? `No approval yet; ${wanted} ${wanted === 1 ? 'is' : 'are'} needed.`
      : `${given.length} of ${wanted} approvals. ${given.map(inert).join(', ')} approved.`
  const rest = uncounted.map((review) => ` ${uncountedSentence(review)}`).join('')
  return {
    short: missing === 1 ? 'one approval is missing' : `${missing} approvals are missing`,
    cause: `${have}${rest}${nobodySentence('merge.approvers', nobody)}`,
    ...(canBe || approvers === 'nobody'
      ? { who: whoMayApprove(approvers), next: nextForApproval(approvers) }
      : noneLeft('merge.approvers', code(approvers))),
  }
}

function nextForApproval(approvers: string): string {
  return approvers === 'nobody'
    ? `Name people in ${code('merge.approvers')}.`
    : 'Review the newest commit and approve it in GitHub.'
}

function nobodySentence(key: string, names: readonly string[]): string {
  if (names.length === 0) return ''
  return ` ${code(key)} names whom GitHub does not know: ${names.map(code).join(', ')}.`
}

function whoMayApprove(approvers: string): string {
  if (approvers === 'nobody') return `Whoever keeps the configuration: ${code('merge.approvers')} says nobody`
  const who = approvers === 'write-access' ? 'Anybody with write access' : `One of ${code(approvers)}`
  return `${who} who wrote no part of it`
}

function authorUnknown({ commits }: Extract<Reason, { kind: 'author-unknown' }>): ReasonWords {
  const named = commits.slice(0, 10).map(({ sha, email }) => `${code(sha.slice(0, 7))} (${code(email)})`)
  const more = commits.length > 10 ? ` and ${commits.length - 10} more` : ''
  return {
    short: 'a commit belongs to no account',
    cause: `The e-mail of ${named.join(', ')}${more} belongs to no account, so anybody's approval might be for their own work.`,
    who: 'Whoever wrote it',
    next: `Add the e-mail to your account on GitHub, or rewrite the commit under an address of yours (${code('git commit --amend --reset-author')}). Others can map the e-mail in the base branch's ${code('.mailmap')}, let such commits through with ${code('merge.unknown-authors: ignore')}, or comment ${code('/waybill override REASON')} where ${code('merge.overriders')} names them.`,
  }
}

function unreadable(what: string, cause: string): ReasonWords {
  return {
    short: `the ${what} can't be read`,
    cause: `The ${what} can't be read from GitHub: ${inert(cause)}.`,
    who: byItself,
    next: 'Waybill asks again in half a minute.',
  }
}
