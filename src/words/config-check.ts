import type { ConfigChange } from '../model/config-change.ts'
import type { ConfigProblem } from '../model/config-read.ts'
import type { CheckAnswer } from '../model/post-check.ts'
import type { ProposalVerdict, Proposed, PullOutlook } from '../model/proposal.ts'
import { adoptionText } from './adoption.ts'
import { countOf, problemsTable } from './config-answer.ts'
import { fitting } from './fitting.ts'
import { code, inert, plain, titleText } from './inert.ts'
import { isJudgedOtherwise, outlookTable } from './pull-outlook.ts'

type Said = { readonly fails: boolean; readonly title: string; readonly summary: readonly string[] }

/** What the check `waybill/config` says of a pull request that touches the configuration. */
export function configAnswer({ verdict, enforced }: Proposed): CheckAnswer {
  const { fails, title, summary } = said(verdict)
  const word = enforced ? '' : fails ? 'would block: ' : 'would pass: '
  return {
    status: enforced ? (fails ? 'failure' : 'success') : 'neutral',
    title: titleText(`${word}${title}`),
    summary: fitting(summary.join('\n')),
    text: '',
    buttons: [],
    annotations: verdict.kind === 'broken' ? annotationsOf(verdict.path, verdict.problems) : [],
  }
}

function said(verdict: ProposalVerdict): Said {
  switch (verdict.kind) {
    case 'broken':
      return { fails: true, ...brokenWords(verdict) }
    case 'unreadable':
      return {
        fails: true,
        title: "The configuration can't be read",
        summary: [
          '**Next:** push again, or re-run this check.',
          '**Who:** the author.',
          '',
          `${inert(verdict.cause)}.`,
        ],
      }
    case 'deletes':
      return { fails: false, title: 'Merging this ends Waybill here', summary: deletion }
    case 'adopts':
      return { fails: false, ...adoptionText(verdict) }
    case 'changes':
      return { fails: false, ...changeWords(verdict) }
  }
}

const deletion = [
  'Without the file Waybill stops in this repository: open pull requests are answered neutral, nothing is tagged or deployed any more, and the audit log says so.',
  '',
  'Take `waybill/gate` out of the required checks too. Putting the file back starts Waybill again.',
]

function brokenWords({ path, problems }: Extract<ProposalVerdict, { kind: 'broken' }>) {
  return {
    title: `${plain(path)} can't be used: ${countOf(problems)}`,
    summary: [
      `**Next:** mend ${code(path)} and push.`,
      '**Who:** the author.',
      '',
      'Merged like this it would not come into force as it stands: the last good file would stay, and what the organisation locks.',
      '',
      problemsTable(problems),
    ],
  }
}

function changeWords({ changes, pulls, more }: Extract<ProposalVerdict, { kind: 'changes' }>) {
  const looser = changes.filter(({ effect }) => effect === 'loosens')
  const other = pulls.filter(isJudgedOtherwise)
  const what =
    looser.length > 0 ? `Loosens ${namesOf(looser)}` : changes.length > 0 ? 'Loosens nothing' : 'Changes no key'
  const loosened =
    looser.length > 0 ? [`⚠️ **This loosens the policy**: ${looser.map(({ key }) => code(key)).join(', ')}.`, ''] : []
  const table = changes.length === 0 ? [] : [changesTable(changes), '']
  return {
    title: `${what}; ${countOfPulls(other)} judged differently`,
    summary: [...loosened, ...table, ...outlookTable(pulls, more)],
  }
}

function namesOf(changes: readonly ConfigChange[]): string {
  const [first] = changes
  const more = changes.length > 1 ? ` and ${changes.length - 1} more` : ''
  return `${first?.key ?? ''}${more}`
}

function countOfPulls(pulls: readonly PullOutlook[]): string {
  if (pulls.length === 0) return 'no open pull request would be'
  return pulls.length === 1 ? 'one open pull request would be' : `${pulls.length} open pull requests would be`
}

function changesTable(changes: readonly ConfigChange[]): string {
  const rows = changes.map(({ key, from, to, effect }) => {
    const word = { loosens: '⚠️ loosens', tightens: 'tightens', changes: '' }[effect]
    return `| ${code(key)} | ${shownValue(from)} | ${shownValue(to)} | ${word} |`
  })
  return ['| key | now | then | |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

function shownValue(value: string | null): string {
  return value === null ? '' : code(value)
}

function annotationsOf(path: string, problems: readonly ConfigProblem[]): CheckAnswer['annotations'] {
  return problems.map((problem) => {
    const message = `${problem.path === '' ? 'The file' : problem.path} ${problem.message}.`
    return { path, line: problem.line, level: 'failure', message }
  })
}
