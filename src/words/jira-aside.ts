import { isTrouble } from '../model/grade.ts'
import type { PullSnapshot } from '../model/pull.ts'
import { inert } from './inert.ts'
import { utcTime } from './utc-time.ts'

/**
 * How Jira took what it was told of a pull request, in one line for the gate; reporting holds nothing up. The same for
 * all pull requests with this head, whichever of them is asked.
 */
export function jiraAside(snapshot: PullSnapshot): { readonly line: string; readonly alarming: boolean } {
  const sharing = [snapshot, ...snapshot.others].toSorted((a, b) => a.pull.number - b.pull.number)
  if (sharing.some(({ panelUntold }) => panelUntold)) return untold
  const told = sharing.flatMap(({ jira, pull }) => {
    const one = jira.find(({ body }) => body.kind === 'pull' && body.pull.number === pull.number)
    return one === undefined ? [] : [{ number: pull.number, grade: one.grade }]
  })
  const troubled = told.filter(({ grade }) => isTrouble(grade))
  const shown = (troubled.length > 0 ? troubled : told)[0]
  if (shown === undefined) return { line: '', alarming: false }
  const of = sharing.length > 1 ? `#${shown.number} ` : ''
  return { line: `Jira: ${of}${sentenceOf(shown.grade)}`, alarming: troubled.length > 0 }
}

const untold = {
  line: "Jira: not told. jira.panels.development is on, and Waybill's server has no JIRA_CLIENT_ID and JIRA_CLIENT_SECRET. It holds nothing up.",
  alarming: true,
}

function sentenceOf(grade: PullSnapshot['jira'][number]['grade']): string {
  switch (grade.kind) {
    case 'reported':
      return 'reported.'
    case 'partly':
      return `partly reported. ${inert(grade.cause)}.`
    case 'not-reported':
      return `not reported. ${inert(grade.cause)}. It holds nothing up.`
    case 'kept': {
      if (grade.cause === '') return 'kept, to be sent in a moment.'
      const when = grade.until === 0 ? 'as soon as Jira answers' : `after ${utcTime(grade.until)}`
      return `kept, to be sent again ${when}. ${inert(grade.cause)}. It holds nothing up.`
    }
  }
}
