import type { CheckShown } from '../model/check.ts'
import type { LineNotice } from '../model/line-notice.ts'
import type { CheckAnswer } from '../model/post-check.ts'
import type { Reason } from '../model/reason.ts'
import { checkList } from './check-list.ts'
import { fitting } from './fitting.ts'
import { code, inert, titleText } from './inert.ts'
import { noticeList } from './line-notices.ts'
import { link } from './link.ts'
import { explainReason } from './reasons.ts'
import { recheckButton } from './recheck-button.ts'
import { type Told, type VersionFate, versionTold } from './version-told.ts'

/** What a change on the line came to. */
export type LineFate =
  /** It has this version; `releaseUrl` is its page. */
  | VersionFate
  /** It travels in a version of another merge. */
  | { readonly kind: 'carried'; readonly tag: string; readonly releaseUrl: string }
  | { readonly kind: 'waits'; readonly reason: Reason | null }
  | { readonly kind: 'held' }
  /** Green, and no version can be made: the notices say why. */
  | { readonly kind: 'stuck' }
  | { readonly kind: 'red' | 'cancelled'; readonly checks: readonly CheckShown[] }
  | { readonly kind: 'unproven'; readonly missing: readonly string[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'direct-push' }

/**
 * What the check `waybill/line` says of one change: its version, or why there is none, where it has been, what comes
 * next. Only ends are told, so that a deployment under way writes nothing here; the comment on the pull request follows
 * it. `notices` concern the whole line, and stand on its newest change only.
 */
export function lineAnswer(fate: LineFate, notices: readonly LineNotice[]): CheckAnswer {
  const { status, title, paragraphs, buttons = [] } = told(fate)
  const about = notices.length === 0 ? [] : ['**About this line**', noticeList(notices)]
  return {
    status,
    title: titleText(title),
    summary: fitting([...paragraphs, ...about].join('\n\n')),
    text: '',
    buttons: [...buttons, recheckButton],
    annotations: [],
  }
}

const travels = 'It has no version of its own and travels with the next release, which names it.'

function told(fate: LineFate): Told {
  switch (fate.kind) {
    case 'version':
      return versionTold(fate)
    case 'carried':
      return {
        status: 'success',
        title: `In ${fate.tag}`,
        paragraphs: [`It had no version of its own and travels in ${link(inert(fate.tag), fate.releaseUrl)}.`],
      }
    case 'waits':
      return waitTold(fate.reason)
    case 'held':
      return {
        status: 'in_progress',
        title: 'Waits for the merge before it',
        paragraphs: ['Versions follow the order of merges: this one has its turn when those before it are decided.'],
      }
    case 'stuck':
      return {
        status: 'failure',
        title: 'No version could be made',
        paragraphs: ['It is green, and its version waits for what is named below.'],
      }
    case 'red':
    case 'cancelled':
    case 'unproven':
    case 'none':
    case 'direct-push':
      return unversionedTold(fate)
  }
}

type Unversioned = Extract<LineFate, { kind: 'red' | 'cancelled' | 'unproven' | 'none' | 'direct-push' }>

function unversionedTold(fate: Unversioned): Told {
  switch (fate.kind) {
    case 'red':
      return {
        status: 'failure',
        title: `No version: ${fate.checks
          .map((check) => check.name)
          .slice(0, 3)
          .join(', ')} failed`,
        paragraphs: [
          '**Next:** run the failed checks again, or merge a repair labelled `waybill:repair`.',
          '**Who:** anybody with write access.',
          `Not green: ${checkList(fate.checks)}. ${travels}`,
        ],
      }
    case 'cancelled':
      return {
        status: 'neutral',
        title: 'No version: its checks were cancelled',
        paragraphs: [`The line went on before they came to an end: ${checkList(fate.checks)}. ${travels}`],
      }
    case 'unproven':
      return {
        status: 'neutral',
        title: 'No version: unproven',
        paragraphs: [`${missingTold(fate.missing)} in time, so nothing says that it works. ${travels}`],
      }
    case 'none':
      return { status: 'neutral', title: 'No version of its own', paragraphs: [`It asked for none. ${travels}`] }
    case 'direct-push':
      return {
        status: 'neutral',
        title: 'Pushed without a pull request',
        paragraphs: [`No gate judged it. ${travels}`],
      }
  }
}

function missingTold(missing: readonly string[]): string {
  return missing.length === 0 ? 'No check reported' : `${missing.slice(0, 10).map(code).join(', ')} did not report`
}

function waitTold(reason: Reason | null): Told {
  if (reason === null) {
    return {
      status: 'in_progress',
      title: 'Waits for its pull request',
      paragraphs: ['GitHub may still name the pull request it came from; without one it counts as pushed directly.'],
    }
  }
  const { short, cause, who, next } = explainReason(reason)
  return {
    status: 'in_progress',
    title: `Waits: ${short}`,
    paragraphs: [`**Next:** ${next}`, `**Who:** ${who}`, cause],
  }
}
