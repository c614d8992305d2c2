import type { Reason } from '../model/reason.ts'
import { code, inert, plain } from './inert.ts'
import type { ReasonWords } from './reason-words.ts'
import { utcTime } from './utc-time.ts'

type IssueReason = Extract<
  Reason,
  { kind: 'issue-not-found' | 'issue-done' | 'issue-status-not-allowed' | 'issue-moved' | 'issue-unreadable' }
>

/** What is wrong with the issue of a change. */
export function explainIssue(reason: IssueReason): ReasonWords {
  const { key } = reason
  switch (reason.kind) {
    case 'issue-not-found':
      return {
        short: `${plain(key)} is not found in Jira`,
        cause: `Jira knows no issue ${code(key)}, or does not show it to Waybill.`,
        who: 'The author, or an admin of Jira',
        next: "Check the key. If the issue is there, let Waybill's Jira account browse its project.",
      }
    case 'issue-done':
      return {
        short: `${plain(key)} is done`,
        cause: `${code(key)} is done already (${inert(reason.status)}).`,
        who: 'The author',
        next: 'Reopen the issue in Jira, or name the issue this change belongs to.',
      }
    case 'issue-status-not-allowed':
      return {
        short: `${plain(key)} is ${plain(reason.status)}`,
        cause: `${code(key)} is ${inert(reason.status)}; here it must be ${reason.allowed.map(inert).join(' or ')}.`,
        who: 'Whoever works on the issue',
        next: `Move it to ${reason.allowed.map(inert).join(' or ')} in Jira.`,
      }
    case 'issue-moved':
      return {
        short: `${plain(key)} is ${plain(reason.newKey)} now`,
        cause: `${code(key)} was moved in Jira; it is ${code(reason.newKey)} now.`,
        who: 'The author',
        next: `Name ${code(reason.newKey)} instead: push the commits under a new branch name, or edit the title where only that names ${code(key)}.`,
      }
    case 'issue-unreadable':
      return {
        short: `${plain(key)} can't be read from Jira`,
        cause: `Whether ${code(key)} may be worked on can't be read${reason.since === null ? '' : ` since ${utcTime(reason.since)}`}: ${inert(reason.cause)}.`,
        who: 'Nobody, unless it stays so: then the operator of Waybill',
        next: 'Waybill asks again every half minute and goes on when Jira answers.',
      }
  }
}
