import { isTrouble } from '../model/grade.ts'
import type { RefusedAct } from '../model/issue-action.ts'
import type { PullSnapshot } from '../model/pull.ts'
import { refusedOfPull } from '../model/refused-acts.ts'
import { inert } from './inert.ts'
import { utcTime } from './utc-time.ts'

/**
 * How Jira took what it was told of a pull request, and what its issues did not get, in one line for the gate; reporting holds
 * nothing up. The same for all pull requests with this head, whichever of them is asked.
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
  const of = sharing.length > 1 ? `#${shown?.number} ` : ''
  const refused = sharing.flatMap(({ ref, pull, actsRefused }) => {
    const { number, branch } = pull
    return refusedOfPull(actsRefused, { repositoryId: ref.repository.id, number, branch })
  })
  const sentences = [...(shown === undefined ? [] : [`${of}${sentenceOf(shown.grade)}`]), ...leftSentences(refused)]
  const alarming = troubled.length > 0 || refused.length > 0
  return { line: sentences.length === 0 ? '' : `Jira: ${sentences.join(' ')}`, alarming }
}

/** What issues did not get for a change on the line, in one line for its check; empty where they got it all. */
export function leftAside(refused: readonly RefusedAct[]): { readonly line: string; readonly alarming: boolean } {
  const sentences = leftSentences(refused)
  return { line: sentences.length === 0 ? '' : `Jira: ${sentences.join(' ')}`, alarming: sentences.length > 0 }
}

/** So many are said. */
const mostLeft = 5

function leftSentences(refused: readonly RefusedAct[]): readonly string[] {
  const all = [
    ...new Set(refused.map(({ issueKey, cause }) => `${issueKey} was left as it is: ${inert(cause)}.`)),
  ].toSorted()
  if (all.length === 0) return []
  const more = all.length > mostLeft ? [`So were ${all.length - mostLeft} more.`] : []
  return [...all.slice(0, mostLeft), ...more, 'It holds nothing up.']
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
