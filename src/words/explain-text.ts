import type { Origin } from '../model/config-origins.ts'
import type { ConfigProblem } from '../model/config-read.ts'
import type { Effect } from '../model/effect.ts'
import type { CheckAnswer } from '../model/post-check.ts'
import type { PullVerdict } from '../model/verdict.ts'
import { effectWords } from './effect-words.ts'
import { plain } from './inert.ts'

/** A pull request that no check is posted for, and the branches that the default branch's file gates, where it can be used. */
export type NotJudged = Pick<Extract<PullVerdict, { kind: 'silent' }>, 'because'> & {
  readonly base: string
  readonly gated: readonly string[] | null
}

/** How a pull request is judged and what would be done, for a terminal: what its check says comes first. */
export function pullText(name: string, answer: CheckAnswer | NotJudged, plan: readonly Effect[]): string {
  const said = 'because' in answer ? `Not judged: ${whyNot(answer)}` : answerText(answer)
  const doing =
    plan.length === 0
      ? ['nothing: all of it is said and done']
      : plan.map((effect) => `- ${plain(effectWords(effect))}`)
  return `${plain(name)}\n\n${said}\n\nWhat would be done now:\n${doing.join('\n')}\n`
}

function whyNot({ because, base, gated }: NotJudged): string {
  switch (because) {
    case 'closed':
      return 'it is closed.'
    case 'not-configured':
      return `${plain(base)} has no .github/waybill.yml, and GitHub does not require waybill/gate there.`
    case 'not-gated': {
      const those = gated === null ? '' : ` (${gated.map(plain).join(', ')})`
      return `it goes into ${plain(base)}, which is none of the gated branches${those}. Name it in merge.into on the default branch to have it judged.`
    }
  }
}

function answerText({ status, title, summary }: CheckAnswer): string {
  return `${marks[status]} ${title}\n\n${summary.trim()}`
}

const marks = { success: '✅', failure: '❌', in_progress: '🕐', neutral: '➖' }

const sources = {
  repository: "the repository's file",
  organisation: "the organisation's defaults",
  locked: 'the organisation: locked',
  operator: 'WAYBILL_MODE',
  default: 'default',
}

/** The configuration in force, one line a value and one an environment, with where it comes from. */
export function configText(name: string, origins: readonly Origin[], problems: readonly ConfigProblem[]): string {
  const width = Math.max(...origins.map(({ key }) => key.length))
  const rows = origins.map((origin) => originText(origin, width))
  const wrong = problems.map(({ line, path, message }) => `  line ${line} ${plain(path)}: ${plain(message)}`)
  const notice =
    wrong.length === 0
      ? ''
      : `The file is not in force as it stands; the last good one is, and what the organisation locks:\n${wrong.join('\n')}\n\n`
  return `${plain(name)}\n\n${notice}${rows.join('\n')}\n`
}

function originText({ key, value, from }: Origin, width: number): string {
  const parsed: unknown = JSON.parse(value)
  const items: readonly unknown[] = Array.isArray(parsed) ? parsed : []
  if (!items.some((item) => typeof item === 'object'))
    return `${key.padEnd(width)}  ${plain(value)}  (${sources[from]})`
  const lines = items.map((item) => `  ${plain(JSON.stringify(item))}`)
  return [`${key.padEnd(width)}  (${sources[from]})`, ...lines].join('\n')
}
