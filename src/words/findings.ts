import { type Finding, outcomeOf, type RuleName } from '../model/verdict.ts'
import { explainNote } from './notes.ts'
import { byItself, type ReasonWords } from './reason-words.ts'
import { explainReason } from './reasons.ts'

/** The finding to act on first: what blocks, then what waits for a person, then what goes on by itself; null when all is well. */
export function firstToDo(findings: readonly Finding[]): ReasonWords | null {
  const held = findings.flatMap((finding) => (hasReason(finding) ? [finding] : []))
  const first =
    held.find((finding) => finding.kind === 'blocks') ??
    held.find((finding) => explainReason(finding.reason).who !== byItself) ??
    held[0]
  return first === undefined ? null : explainReason(first.reason)
}

/** What a title says of findings that are not all content: the first thing, and how many more there are. */
export function heldTitle(findings: readonly Finding[]): string {
  const held = findings.filter(hasReason).length
  const more = held > 1 ? ` (and ${held - 1} more)` : ''
  const short = firstToDo(findings)?.short ?? ''
  return `${short.length > 150 ? `${short.slice(0, 150)}…` : short}${more}`
}

/** All findings as a table: answer, cause, who can resolve it, next step. */
export function findingsTable(findings: readonly Finding[]): string {
  const rows = findings.map((finding) => {
    if (!hasReason(finding)) {
      const yes = finding.note.kind === 'overridden' ? '⚠️ overridden' : '✅ yes'
      const answer = finding.kind === 'passes' ? yes : '➖ not needed'
      return `| ${labelOf(finding.rule)} | ${answer} | ${explainNote(finding.note)} | | |`
    }
    const { cause, who, next } = explainReason(finding.reason)
    const answer = finding.kind === 'blocks' ? '❌ no' : '🕐 not yet'
    return `| ${labelOf(finding.rule)} | ${answer} | ${cause} | ${who} | ${next} |`
  })
  return ['| rule | answer | why | who | next |', '| --- | --- | --- | --- | --- |', ...rows].join('\n')
}

/** The status and the title's first word for findings; a reported answer holds nothing. */
export function statusOf(
  findings: readonly Finding[],
  enforced: boolean,
): { readonly status: 'success' | 'failure' | 'in_progress' | 'neutral'; readonly word: string } {
  switch (outcomeOf(findings)) {
    case 'passes':
      return enforced ? { status: 'success', word: '' } : { status: 'neutral', word: 'would pass' }
    case 'waits':
      return enforced ? { status: 'in_progress', word: 'Waits' } : { status: 'neutral', word: 'would block' }
    case 'blocks':
      return enforced ? { status: 'failure', word: 'Blocked' } : { status: 'neutral', word: 'would block' }
  }
}

type Held = Extract<Finding, { kind: 'waits' | 'blocks' }>

function hasReason(finding: Finding): finding is Held {
  return finding.kind === 'waits' || finding.kind === 'blocks'
}

function labelOf(rule: RuleName): string {
  switch (rule) {
    case 'branch-names-issue':
      return 'Its branch names its issue'
    case 'issue-is-ready':
      return 'The issue is ready'
    case 'approved':
      return 'Others approved it'
    case 'policy-owner-approved':
      return 'An owner of the policy approved it'
    case 'checks-pass':
      return 'Its checks pass'
    case 'ready-for-review':
      return 'It is ready for review'
    case 'mergeable':
      return 'It merges cleanly'
    case 'line-is-green':
      return 'The branch it goes into is green'
  }
}
