import type { BranchSnapshot } from '../model/branch.ts'
import type { CheckAnswer } from '../model/post-check.ts'
import type { BranchVerdict, Finding } from '../model/verdict.ts'
import { commandBlock } from './command-block.ts'
import { brokenConfigAnswer, standInNotice, unreadableConfigAnswer } from './config-answer.ts'
import { findingsTable, firstToDo, heldTitle, statusOf } from './findings.ts'
import { fitting } from './fitting.ts'
import { code, titleText } from './inert.ts'
import { recheckButton } from './recheck-button.ts'

type Spoken = Exclude<BranchVerdict, { kind: 'silent' }>

/** What the check `waybill/branch` says of a pushed branch: its issue, or how to give it a name that fits. */
export function branchAnswer(verdict: Spoken, snapshot: BranchSnapshot): CheckAnswer {
  switch (verdict.kind) {
    case 'config-broken':
      return brokenConfigAnswer(verdict)
    case 'config-unreadable':
      return unreadableConfigAnswer(verdict)
    case 'judged':
      return judgedAnswer(verdict, snapshot)
  }
}

function judgedAnswer(
  { branch, findings, enforced }: Extract<Spoken, { kind: 'judged' }>,
  snapshot: BranchSnapshot,
): CheckAnswer {
  const { status, word } = statusOf(findings, enforced)
  const first = firstToDo(findings)
  const shared = snapshot.head !== null && snapshot.head.siblings.length > 0
  const also = shared
    ? [`Several branches stand at this commit. Shown is ${code(branch)}, the best named of them.`, '']
    : []
  const mode = enforced ? [] : ['Report mode: this is only shown, and holds nothing.', '']
  const notice = standInNotice(snapshot.config)
  const notices = notice === '' ? [] : [notice]
  if (first !== null) {
    const lead = [`**Next:** ${first.next}`, `**Who:** ${first.who}`, '']
    const summary = [...lead, ...mode, ...notices, ...also, ...commandBlock(findings), findingsTable(findings)].join(
      '\n',
    )
    return {
      status,
      title: titleText(`${word}: ${heldTitle(findings)}`),
      summary: fitting(summary),
      text: '',
      buttons: [recheckButton],
      annotations: [],
    }
  }
  const issue = issueTitle(findings)
  return {
    status,
    title: titleText(word === '' ? issue : `${word}: ${issue}`),
    summary: fitting([...mode, ...notices, ...also, findingsTable(findings)].join('\n')),
    text: '',
    buttons: [recheckButton],
    annotations: [],
  }
}

function issueTitle(findings: readonly Finding[]): string {
  for (const finding of findings) {
    if (finding.kind === 'passes' && finding.note.kind === 'issue-ready') {
      return `${finding.note.key}: ${finding.note.summary}`
    }
  }
  for (const finding of findings) {
    if (finding.kind === 'passes' && finding.note.kind === 'names-issue') return `Names ${finding.note.key}`
  }
  return 'No issue is needed'
}
