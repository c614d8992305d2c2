import type { ConfigProblem, ConfigRead } from '../model/config-read.ts'
import type { CheckAnswer } from '../model/post-check.ts'
import type { UnusableConfig } from '../model/verdict.ts'
import { fitting } from './fitting.ts'
import { code, inert, plain } from './inert.ts'
import { recheckButton } from './recheck-button.ts'

type Unusable<K extends UnusableConfig['kind']> = Extract<UnusableConfig, { readonly kind: K }>

/** A configuration that can't be used holds everything: the answer names each problem with its line. */
export function brokenConfigAnswer({ path, problems, enforced }: Unusable<'config-broken'>): CheckAnswer {
  return {
    status: enforced ? 'failure' : 'neutral',
    title: `${enforced ? '' : 'would block: '}${plain(path)} can't be used: ${countOf(problems)}`,
    summary: fitting(
      [
        `**Next:** mend ${code(path)} in a pull request of its own; one that does is judged by the defaults.`,
        '**Who:** anybody who may push a branch.',
        '',
        `Nothing else passes while ${code(path)} can't be used and no older one could be read either.`,
        '',
        problemsTable(problems),
      ].join('\n'),
    ),
    text: '',
    buttons: [recheckButton],
    annotations: [],
  }
}

export function unreadableConfigAnswer({ cause, enforced }: Unusable<'config-unreadable'>): CheckAnswer {
  return {
    status: enforced ? 'in_progress' : 'neutral',
    title: enforced ? "The configuration can't be read" : "would block: the configuration can't be read",
    summary: [
      '**Next:** Waybill asks again in half a minute.',
      '**Who:** nobody: this goes on by itself.',
      '',
      `The configuration can't be read from GitHub: ${inert(cause)}.`,
    ].join('\n'),
    text: '',
    buttons: [recheckButton],
    annotations: [],
  }
}

/** There is nothing to judge by. GitHub takes a neutral check for a required one. */
export function notConfiguredAnswer(): CheckAnswer {
  return {
    status: 'neutral',
    title: 'Not configured here',
    summary: [
      '**Next:** nothing. To be judged again, add `.github/waybill.yml` to the base branch; else take `waybill/gate` out of the required checks.',
      '**Who:** whoever administers this repository.',
      '',
      'The base branch has no configuration, so Waybill holds nothing here.',
    ].join('\n'),
    text: '',
    buttons: [],
    annotations: [],
  }
}

/** What is said beside every answer while something of the file is not in force; nothing where all is well. */
export function standInNotice(config: ConfigRead): string {
  if (config.kind !== 'valid' || config.problems.length === 0) return ''
  const [first] = config.problems
  const where =
    first === undefined
      ? ''
      : ` Line ${first.line}${first.path === '' ? '' : `, ${code(first.path)}`}: it ${inert(first.message)}${first.message.endsWith('?') ? '' : '.'}`
  return `⚠️ ${code(config.path)} is not in force as it stands (${countOf(config.problems)}); the last good file is, and what the organisation locks.${where}\n`
}

export function problemsTable(problems: readonly ConfigProblem[]): string {
  const rows = problems.map((problem) => {
    return `| ${problem.line} | ${problem.path === '' ? '' : code(problem.path)} | ${inert(problem.message)} |`
  })
  return ['| line | key | problem |', '| --- | --- | --- |', ...rows].join('\n')
}

export function countOf(problems: readonly ConfigProblem[]): string {
  return problems.length === 1 ? 'one problem' : `${problems.length} problems`
}
