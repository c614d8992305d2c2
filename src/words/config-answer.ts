import type { ConfigProblem } from '../model/config-read.ts'
import type { CheckAnswer } from '../model/effect.ts'
import { fitting } from './fitting.ts'
import { code, inert, plain } from './inert.ts'

/** A configuration that can't be used holds everything: the answer names each problem with its line. */
export function brokenConfigAnswer(broken: {
  readonly path: string
  readonly problems: readonly ConfigProblem[]
}): CheckAnswer {
  const { path, problems } = broken
  const rows = problems.map((problem) => {
    return `| ${problem.line} | ${problem.path === '' ? '' : code(problem.path)} | ${inert(problem.message)} |`
  })
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`
  return {
    status: 'failure',
    title: `${plain(path)} can't be used: ${count}`,
    summary: fitting(
      [
        `**Next:** mend ${code(path)} on the base branch.`,
        '**Who:** whoever may merge into it.',
        '',
        `Nothing passes while ${code(path)} can't be used.`,
        '',
        '| line | key | problem |',
        '| --- | --- | --- |',
        ...rows,
      ].join('\n'),
    ),
    text: '',
    buttons: [],
    annotations: [],
  }
}

export function unreadableConfigAnswer(cause: string): CheckAnswer {
  return {
    status: 'in_progress',
    title: "The configuration can't be read",
    summary: [
      '**Next:** Waybill asks again in half a minute.',
      '**Who:** nobody: this goes on by itself.',
      '',
      `The configuration can't be read from GitHub: ${inert(cause)}.`,
    ].join('\n'),
    text: '',
    buttons: [],
    annotations: [],
  }
}
