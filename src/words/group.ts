import type { CheckAnswer } from '../model/post-check.ts'
import type { Finding, UnusableConfig } from '../model/verdict.ts'
import { brokenConfigAnswer, notConfiguredAnswer, unreadableConfigAnswer } from './config-answer.ts'
import { firstToDo, heldTitle } from './findings.ts'
import { fitting } from './fitting.ts'
import { titleText } from './inert.ts'
import { explainNote } from './notes.ts'
import { explainReason } from './reasons.ts'
import { recheckButton } from './recheck-button.ts'

type Spoken =
  | {
      readonly kind: 'judged'
      readonly outcome: 'passes' | 'waits' | 'blocks'
      readonly members: readonly { readonly pull: number; readonly findings: readonly Finding[] }[]
      readonly checks: Finding
      readonly enforced: boolean
    }
  | UnusableConfig
  | { readonly kind: 'not-configured' }

/** What `waybill/gate` says on the head of a merge queue's group: which of its pull requests holds it, and why. */
export function groupAnswer(verdict: Spoken): CheckAnswer {
  switch (verdict.kind) {
    case 'not-configured':
      return notConfiguredAnswer()
    case 'config-broken':
      return brokenConfigAnswer(verdict)
    case 'config-unreadable':
      return unreadableConfigAnswer(verdict)
    case 'judged':
      return judgedAnswer(verdict)
  }
}

type Judged = Extract<Spoken, { kind: 'judged' }>

function judgedAnswer(verdict: Judged): CheckAnswer {
  const { members, checks, enforced } = verdict
  const held = [
    ...members.map(({ pull, findings }) => ({ at: `#${pull}: `, findings })),
    { at: '', findings: [checks] },
  ]
    .filter(({ findings }) => firstToDo(findings) !== null)
    .toSorted((a, b) => weightOf(b.findings) - weightOf(a.findings))
  const [first] = held
  const todo = first === undefined ? null : firstToDo(first.findings)
  const lead =
    todo === null
      ? ['Every pull request of this group passes, and its checks are green.']
      : [`**Next:** ${todo.next}`, `**Who:** ${todo.who}`]
  const mode = enforced ? [] : ['', 'Report mode: this is only shown, and holds nothing.']
  const group = `A merge queue's group of ${members.map(({ pull }) => `#${pull}`).join(', ')}. Members are judged without their own checks; those on this commit count.`
  const said = first === undefined ? 'the group is ready' : `${first.at}${heldTitle(first.findings)}`
  return {
    status: enforced ? statuses[verdict.outcome] : 'neutral',
    title: titleText(`${enforced ? words[verdict.outcome] : reported[verdict.outcome]}: ${said}`),
    summary: fitting([...lead, ...mode, '', group, '', tableOf(verdict)].join('\n')),
    text: '',
    buttons: [recheckButton],
    annotations: [],
  }
}

const statuses = { passes: 'success', waits: 'in_progress', blocks: 'failure' } as const
const words = { passes: 'Merges', waits: 'Waits', blocks: 'Blocked' } as const
const reported = { passes: 'would pass', waits: 'would block', blocks: 'would block' } as const

function weightOf(findings: readonly Finding[]): number {
  return findings.some((finding) => finding.kind === 'blocks') ? 2 : 1
}

/** Only what holds a member is shown; its own check has the rest. */
function tableOf({ members, checks }: Judged): string {
  const rows = members.flatMap(({ pull, findings }) => {
    const held = findings.filter((finding) => finding.kind === 'waits' || finding.kind === 'blocks')
    return held.length === 0 ? [`| #${pull} | ✅ | | | |`] : held.map((finding) => rowOf(`#${pull}`, finding))
  })
  return [
    '| of | answer | why | who | next |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    rowOf('the group', checks),
  ].join('\n')
}

function rowOf(of: string, finding: Finding): string {
  if (finding.kind === 'passes' || finding.kind === 'skips') return `| ${of} | ✅ | ${explainNote(finding.note)} | | |`
  const { cause, who, next } = explainReason(finding.reason)
  return `| ${of} | ${finding.kind === 'blocks' ? '❌' : '🕐'} | ${cause} | ${who} | ${next} |`
}
