import type { Note } from '../model/note.ts'
import type { CheckAnswer } from '../model/post-check.ts'
import type { PullSnapshot } from '../model/pull.ts'
import type { Finding, PullVerdict } from '../model/verdict.ts'
import { commandBlock } from './command-block.ts'
import { brokenConfigAnswer, notConfiguredAnswer, standInNotice, unreadableConfigAnswer } from './config-answer.ts'
import { findingsTable, firstToDo, heldTitle, statusOf } from './findings.ts'
import { fitting } from './fitting.ts'
import { inert, titleText } from './inert.ts'
import { recheckButton } from './recheck-button.ts'
import { stillAsked } from './still-asked.ts'

type Spoken = Exclude<PullVerdict, { kind: 'silent' }>

/**
 * What the check `waybill/gate` says. It leads with the one thing to do next and who can do it, then shows every rule.
 * The same for all pull requests with this head, whichever of them is asked.
 */
export function gateAnswer(verdict: Spoken, snapshot: PullSnapshot): CheckAnswer {
  switch (verdict.kind) {
    case 'not-configured':
      return notConfiguredAnswer()
    case 'config-broken':
      return brokenConfigAnswer(verdict)
    case 'config-unreadable':
      return unreadableConfigAnswer(verdict)
    case 'judged':
      return judgedAnswer(verdict, snapshot)
  }
}

function judgedAnswer(verdict: Extract<Spoken, { kind: 'judged' }>, snapshot: PullSnapshot): CheckAnswer {
  const { findings, enforced } = verdict
  const all = [snapshot, ...snapshot.others].toSorted((a, b) => a.pull.number - b.pull.number)
  const shown = all.find((one) => one.pull.number === verdict.pull) ?? snapshot
  const notices = [...new Set(all.map(({ config }) => standInNotice(config)))].filter((notice) => notice !== '')
  const shared = all.length > 1 ? [sharedSentence(verdict), ''] : []
  const { status, word } = statusOf(findings, enforced)
  const first = firstToDo(findings)
  const asked = first === null ? stillAsked(shown) : null
  const lead =
    first === null
      ? [contentSentence(findings), ...(asked === null ? [] : [asked]), '']
      : [`**Next:** ${first.next}`, `**Who:** ${first.who}`, '', ...commandBlock(findings)]
  const mode = enforced ? [] : ['Report mode: this is only shown, and holds nothing.', '']
  return {
    status,
    title: titleText(titleOf(verdict, word, asked !== null)),
    summary: fitting([...lead, ...mode, ...notices, ...shared, findingsTable(findings)].join('\n')),
    text: '',
    buttons: [recheckButton],
    annotations: [],
  }
}

function contentSentence(findings: readonly Finding[]): string {
  const override = overrideIn(findings)
  if (override === null) return 'Everything Waybill asks for is there.'
  return `⚠️ **Overridden by ${inert(override.by)}**, for this commit only: ${inert(override.said)}`
}

/** The override that lets any of it pass. */
function overrideIn(findings: readonly Finding[]): Extract<Note, { kind: 'overridden' }> | null {
  const notes = findings.flatMap((finding) => (finding.kind === 'passes' ? [finding.note] : []))
  return notes.find((note) => note.kind === 'overridden') ?? null
}

function titleOf({ findings }: Extract<Spoken, { kind: 'judged' }>, word: string, isMoreAsked: boolean): string {
  if (firstToDo(findings) !== null) return `${word}: ${heldTitle(findings)}`
  if (word !== '') return word
  const override = overrideIn(findings)
  if (override !== null) return `Overridden by ${override.by}: ${override.said}`
  return isMoreAsked ? 'Passes; GitHub itself asks for more' : 'Ready to merge'
}

function sharedSentence({ pull, alsoHeldBy }: Extract<Spoken, { kind: 'judged' }>): string {
  const also = alsoHeldBy.length === 0 ? '' : ` Also held: ${alsoHeldBy.map((number) => `#${number}`).join(', ')}.`
  return `This commit is the head of several open pull requests; a check counts for all of them. Shown is #${pull}, which is held most.${also}`
}
