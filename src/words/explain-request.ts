import { type Explained, listed, type PromotionReasonOf } from './explained.ts'
import { code } from './inert.ts'

/** What a request names and is not there. */
export function explainUnknown(
  reason: PromotionReasonOf<
    'environment-unknown' | 'environment-rush' | 'version-unknown' | 'not-released' | 'history-unknown'
  >,
): Explained {
  switch (reason.kind) {
    case 'environment-unknown':
      return {
        cause: `There is no environment ${code(reason.name)}.`,
        who: 'You',
        next: reason.known.length === 0 ? 'No environments are configured.' : `Name one of ${listed(reason.known)}.`,
      }
    case 'environment-rush':
      return {
        cause: `${code(reason.name)} is a rush box: unmerged branches are tried out there, and it stands outside the order.`,
        who: 'You',
        next: `${reason.known.length === 0 ? 'Try' : `Name one of ${listed(reason.known)}, or try`} a branch out by ${code(`/waybill deploy ${reason.name}`)}.`,
      }
    case 'version-unknown':
      return {
        cause: `There is no version ${code(reason.version)} on this line.`,
        who: 'You',
        next: reason.known.length === 0 ? 'Nothing was released yet.' : `The newest ones are ${listed(reason.known)}.`,
      }
    case 'not-released':
      return {
        cause: `#${reason.pull} has no version yet: a version is made when it is merged and its checks on the line are green.`,
        who: 'The author',
        next: 'Merge it, or name a version that is released.',
      }
    case 'history-unknown':
      return {
        cause: `What ${code(reason.version)} would bring reaches further back than this line was read, so nobody can tell who wrote it.`,
        who: 'A promoter who did not write it',
        next: `Look at what it brings, then comment ${code(`/waybill accept ${reason.version} REASON`)} and ask again.`,
      }
  }
}

/** Why a comment or a press does not count, or not any more. */
export function explainComment(
  reason: PromotionReasonOf<'replaced' | 'expired' | 'comment-edited' | 'comment-stale' | 'press-stale'>,
): Explained {
  switch (reason.kind) {
    case 'replaced':
      return {
        cause: `A newer request for ${code(reason.environment)} took its place.`,
        who: 'Nobody',
        next: 'Follow the newer one.',
      }
    case 'expired':
      return { cause: 'It waited for seven days.', who: 'A promoter', next: 'Comment again if it is still wanted.' }
    case 'comment-edited':
      return { cause: 'The comment was edited.', who: 'You', next: 'Edited comments do not run; write a new one.' }
    case 'comment-stale':
      return {
        cause: 'The comment was more than 15 minutes old when Waybill could read it.',
        who: 'You',
        next: 'Comment again if it is still wanted.',
      }
    case 'press-stale':
      return {
        cause: 'The button was pressed more than 15 minutes before Waybill could read of it.',
        who: 'You',
        next: 'Press it again if it is still wanted.',
      }
  }
}
