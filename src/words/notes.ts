import type { Note } from '../model/note.ts'
import { checkList } from './check-list.ts'
import { noteOfLine } from './explain-line.ts'
import { code, inert } from './inert.ts'
import { explainReason } from './reasons.ts'
import { uncountedSentence } from './uncounted-review.ts'
import { utcTime } from './utc-time.ts'

/** Why a rule is content, in GitHub Markdown for a table's cell; all from outside is inert. */
export function explainNote(note: Note): string {
  switch (note.kind) {
    case 'names-issue':
    case 'title-names-issue':
    case 'opened-before':
    case 'reverts':
    case 'exempt-branch':
      return aboutName(note)
    case 'issue-ready':
    case 'issue-of-reverted':
    case 'issue-done-by-waybill':
    case 'issue-verified-before':
    case 'issue-not-looked-up':
    case 'no-issue-needed':
    case 'no-issue-named':
      return aboutIssue(note)
    case 'approved-by':
    case 'no-approval-needed':
      return aboutApproval(note)
    case 'checks-green':
      return [
        `Green: ${note.names.slice(0, 20).map(code).join(', ')}${note.names.length > 20 ? ` and ${note.names.length - 20} more` : ''}.`,
        ...(note.notRequired.length === 0 ? [] : [`Not green and not required: ${checkList(note.notRequired)}.`]),
      ].join(' ')
    case 'no-checks-needed':
      return 'No checks are asked for.'
    case 'overridden':
      return `Overridden by ${inert(note.by)} for this commit: ${inert(note.said)}. It lacks: ${explainReason(note.lacks).cause}`
    case 'policy-owner-approved':
      return `It touches the configuration; ${note.by.map(inert).join(', ')} approved that.`
    case 'not-draft':
      return 'It is not a draft.'
    case 'no-conflict':
      return `It merges cleanly into ${code(note.base)}.`
    case 'no-line':
    case 'line-green':
    case 'line-unjudged':
    case 'repairs-line':
    case 'line-red':
    case 'line-not-asked':
      return noteOfLine(note)
  }
}

type Of<K extends Note['kind']> = Extract<Note, { kind: K }>

function aboutName(
  note: Of<'names-issue' | 'title-names-issue' | 'opened-before' | 'reverts' | 'exempt-branch'>,
): string {
  switch (note.kind) {
    case 'names-issue':
      return `The branch names ${code(note.key)}.`
    case 'title-names-issue':
      return `The branch of a fork need not name its issue; the title names ${code(note.key)}.`
    case 'opened-before':
      return `It was opened before the configuration came: the title names ${code(note.key)}, and its branch need not.`
    case 'reverts':
      return `It undoes #${note.pull}, which was merged here.`
    case 'exempt-branch':
      return `Branches like ${code(note.pattern)} of a bot (${inert(note.pusher)}) need no issue.`
  }
}

function aboutIssue(
  note: Of<
    | 'issue-ready'
    | 'issue-of-reverted'
    | 'issue-done-by-waybill'
    | 'issue-verified-before'
    | 'issue-not-looked-up'
    | 'no-issue-needed'
    | 'no-issue-named'
  >,
): string {
  switch (note.kind) {
    case 'issue-ready':
      return `${code(note.key)} ${inert(note.summary)} is ${inert(note.status)}.`
    case 'issue-verified-before':
      return `${code(note.key)} was verified ${utcTime(note.at)}; Jira unreachable${note.since === null ? ' now' : ` since ${utcTime(note.since)}`}.`
    case 'issue-done-by-waybill':
      return `${code(note.key)} is ${inert(note.status)}, where Waybill itself moved it: more may follow.`
    case 'issue-of-reverted':
      return `It carries the issue of #${note.pull}, which it undoes, done or not: ${note.keys.length === 0 ? 'none' : note.keys.map(code).join(', ')}.`
    case 'issue-not-looked-up':
      return `${code(note.key)} is not looked up in Jira.`
    case 'no-issue-needed':
      return 'No issue is needed.'
    case 'no-issue-named':
      return 'There is no issue to look up.'
  }
}

function aboutApproval(note: Of<'approved-by' | 'no-approval-needed'>): string {
  const ignored = note.ignored.map(uncountedSentence)
  if (note.kind === 'no-approval-needed') return ['No approval is asked for.', ...ignored].join(' ')
  const unknown = note.unknown.map(({ sha, email }) => `${code(sha.slice(0, 7))} (${code(email)})`)
  const strangers =
    unknown.length === 0
      ? []
      : [`Let through although its author belongs to no account: ${unknown.slice(0, 10).join(', ')}.`]
  return [`Approved by ${note.by.map(inert).join(', ')}.`, ...ignored, ...strangers].join(' ')
}
