import type { PullOutlook } from '../model/proposal.ts'
import { type Finding, outcomeOf } from '../model/verdict.ts'
import { heldTitle } from './findings.ts'
import { inert } from './inert.ts'

/** Most pull requests shown one by one. */
const shown = 20

/** Open pull requests as they would be judged; those that stay as they are are only counted. */
export function outlookTable(pulls: readonly PullOutlook[], more: number): readonly string[] {
  const other = pulls.filter(isJudgedOtherwise)
  const unseen =
    more === 0 ? [] : ['', `${more} more open pull request${more === 1 ? ' was' : 's were'} not looked at.`]
  const same = `${pulls.length - other.length} of ${pulls.length} open pull requests would be judged as now.`
  if (pulls.length === 0) return ['No other pull request is open.', ...unseen]
  if (other.length === 0) return [same, ...unseen]
  const rows = other.slice(0, shown).map(({ number, title, before, after }) => {
    return `| #${number} ${inert(title)} | ${wordsFor(before)} | ${wordsFor(after)} |`
  })
  return ['| pull request | now | then |', '| --- | --- | --- |', ...rows, '', same, ...unseen]
}

export function isJudgedOtherwise({ before, after }: PullOutlook): boolean {
  return wordsFor(before) !== wordsFor(after)
}

export function passes(findings: readonly Finding[] | null): boolean {
  return findings !== null && outcomeOf(findings) === 'passes'
}

function wordsFor(findings: readonly Finding[] | null): string {
  if (findings === null) return 'not judged'
  switch (outcomeOf(findings)) {
    case 'passes':
      return '✅ passes'
    case 'waits':
      return `🕐 ${inert(heldTitle(findings))}`
    case 'blocks':
      return `❌ ${inert(heldTitle(findings))}`
  }
}
