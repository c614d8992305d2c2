import type { Note } from '../model/note.ts'
import type { Reason } from '../model/reason.ts'
import { checkList } from './check-list.ts'
import { code, plain } from './inert.ts'
import { link } from './link.ts'
import { byItself, type ReasonWords } from './reason-words.ts'

/** Why a line holds those who want to get on it. */
export function explainLine(reason: Extract<Reason, { kind: 'line-red' | 'line-unknown' }>): ReasonWords {
  if (reason.kind === 'line-unknown') {
    return {
      short: `${plain(reason.branch)} was not looked at yet`,
      cause: `Waybill has not looked at ${code(reason.branch)} yet, so it can't tell whether it works.`,
      who: byItself,
      next: 'Waybill looks at it now, and answers in a moment.',
    }
  }
  const { branch, since, pull, sha, checks } = reason
  const from = pull === null ? code(sha.slice(0, 7)) : link(`#${pull.number}`, pull.url)
  return {
    short: `${plain(branch)} is red${since === null ? '' : ` since ${plain(since)}`}`,
    cause: `${code(branch)} is red${sinceVersion(since)}: ${from} failed ${checkList(checks)}.`,
    who: 'Whoever mends it, with write access',
    next: `Run the failed checks on ${code(branch)} again, or merge a repair: a pull request labelled ${code('waybill:repair')} may pass. A later green merge lifts it.`,
  }
}

export function noteOfLine(
  note: Extract<
    Note,
    { kind: 'no-line' | 'line-green' | 'line-unjudged' | 'repairs-line' | 'line-red' | 'line-not-asked' }
  >,
): string {
  switch (note.kind) {
    case 'no-line':
      return `${code(note.branch)} is not the line that is released.`
    case 'line-green':
      return note.judged ? `${code(note.branch)} is green.` : `No merge on ${code(note.branch)} has been judged yet.`
    case 'line-unjudged':
      return `No check has ever reported on ${code(note.branch)}, so nothing says whether it works: let the build run on ${code('push')} to ${code(note.branch)} too.`
    case 'repairs-line':
      return `${code(note.branch)} is red${sinceVersion(note.since)}, and this is labelled as its repair.`
    case 'line-red':
      return `${code(note.branch)} is red${sinceVersion(note.since)}, which holds nobody here: ${checkList(note.checks)}.`
    case 'line-not-asked':
      return 'Looked at when everything else is there.'
  }
}

function sinceVersion(since: string | null): string {
  return since === null ? '' : ` since ${code(since)}`
}
