import type { CheckAnswer } from '../model/post-check.ts'
import { code, inert } from './inert.ts'
import { link } from './link.ts'
import type { StageShown } from './living-comment.ts'
import { promoteButton } from './promote-button.ts'
import { somebodyOf } from './somebody-of.ts'

/** Part of a check's answer: paragraphs are GitHub Markdown. */
export type Told = Pick<CheckAnswer, 'status' | 'title'> & {
  readonly paragraphs: readonly string[]
  readonly buttons?: CheckAnswer['buttons']
}

export type VersionFate = {
  readonly kind: 'version'
  readonly tag: string
  readonly releaseUrl: string
  readonly stages: readonly StageShown[]
  /** GitHub refused its release. */
  readonly parked: boolean
}

/** Where a version has been, what comes next, and what it waits for. */
export function versionTold({ tag, releaseUrl, stages, parked }: VersionFate): Told {
  if (parked) {
    const told = `It has the tag ${code(tag)}, and GitHub refused its release. Nothing is deployed of it until that is there; the check on the newest merge says what to do.`
    return { status: 'failure', title: `${tag} waits for its release`, paragraphs: [told] }
  }
  const been = stages.filter((stage) => endOf(stage) === 'reached').map((stage) => stage.environment)
  const failed = stages.filter((stage) => endOf(stage) === 'failed').map((stage) => stage.environment)
  const title = [
    tag,
    ...(been.length === 0 ? [] : [`in ${been.join(', ')}`]),
    ...failed.map((name) => `failed in ${name}`),
  ]
  const rows = stages.map((stage) => `| ${inert(stage.environment)} | ${endShown(stage)} |`)
  const table = rows.length === 0 ? [] : [['| environment | |', '| --- | --- |', ...rows].join('\n')]
  const next = nextByHand(stages)
  return {
    status: 'success',
    title: title.join(', '),
    paragraphs: [`Released as ${link(inert(tag), releaseUrl)}.`, ...table, ...next.map(nextTold)],
    buttons: next.map(({ environment }) => promoteButton(environment)),
  }
}

/** Only what has come to an end: what is under way may still end either way. */
function endOf({ state }: StageShown): 'reached' | 'failed' | 'rejected' | 'passed' | 'open' {
  if (state === 'rejected' || state === 'passed') return state
  if (state === 'success' || state === 'inactive') return 'reached'
  return state === 'failure' || state === 'error' ? 'failed' : 'open'
}

function endShown(stage: StageShown): string {
  switch (endOf(stage)) {
    case 'reached':
      return '✅ has been there'
    case 'failed':
      return '❌ failed'
    case 'rejected':
      return `↩️ ${inert(stage.description)}`
    case 'passed':
      return `passed by: ${code(stage.description)} went there with all it carries`
    case 'open':
      return stage.promoters === null
        ? 'not there yet, goes by itself'
        : `not there yet, promoted by ${code(stage.promoters)}`
  }
}

/** The environment that it may be promoted to by hand now. */
function nextByHand(stages: readonly StageShown[]): readonly (StageShown & { readonly promoters: string })[] {
  const next = stages.find((stage) => endOf(stage) === 'open')
  const before = next === undefined ? undefined : stages[stages.indexOf(next) - 1]
  if (next === undefined || next.promoters === null || next.promoters === 'nobody') return []
  if (before !== undefined && endOf(before) !== 'reached') return []
  return [{ ...next, promoters: next.promoters }]
}

function nextTold({ promoters, environment }: { readonly promoters: string; readonly environment: string }): string {
  return `**Next:** ${somebodyOf(promoters)} who did not write it comments ${code(`/waybill promote ${environment}`)} on its pull request, or presses the button here.`
}
