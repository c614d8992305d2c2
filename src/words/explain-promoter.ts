import type { Implementer } from '../model/implementers.ts'
import { type Explained, listed, type PromotionReasonOf } from './explained.ts'
import { code, inert } from './inert.ts'

/** Why this person's word does not count for this version. */
export function explainPromoter(
  reason: PromotionReasonOf<
    'not-promoter' | 'promoters-unreadable' | 'other-account' | 'implementer' | 'author-unknown' | 'part-unreadable'
  >,
): Explained {
  switch (reason.kind) {
    case 'not-promoter':
      return {
        cause: `${inert(reason.login)} is not one of those who may promote to ${code(reason.environment)}.`,
        ...(reason.promoters === 'nobody'
          ? nobody
          : { who: code(reason.promoters), next: 'Ask one of them to comment the same.' }),
      }
    case 'promoters-unreadable':
      return {
        cause: `Whether you belong to ${code(reason.team)} could not be read: ${inert(reason.cause)}.`,
        who: 'An admin of the organisation, if it stays so',
        next: 'Nothing is decided until it can be read; Waybill tries again by itself.',
      }
    case 'other-account':
      return {
        cause: `By ${code(reason.login)} the configuration means the account that had this login when it was first named there, and that was not you.`,
        who: 'Somebody who may change the configuration',
        next: `Take ${code(reason.login)} out of it, and when that is merged put it back: then it means you.`,
      }
    case 'implementer':
      return {
        cause: `${inert(reason.login)} is an implementer of ${code(reason.version)}: ${roleOf(reason)}. Nobody signs off their own change.`,
        who: 'A promoter who wrote none of it',
        next: 'Ask one of them to comment the same.',
      }
    case 'part-unreadable':
      return {
        cause: `Whether ${inert(reason.login)} pushed part of it could not be read: ${inert(reason.cause)}.`,
        who: 'The operator of Waybill, if it stays so',
        next: 'Nothing is decided until it can be read; Waybill tries again by itself.',
      }
    case 'author-unknown':
      return {
        cause: `${code(reason.version)} holds commits whose author belongs to no account: ${listed(
          reason.commits.map((commit) => `${commit.sha.slice(0, 7)} ${commit.email}`),
        )}. Somebody unknown counts as an implementer.`,
        who: 'A promoter who did not write it',
        next: `Look at it, then comment ${code(`/waybill accept ${reason.version} REASON`)} and ask again.`,
      }
  }
}

/** Where the configuration lets nobody. */
export const nobody = {
  who: 'Somebody who may change the configuration',
  next: 'It names nobody: put those who may under `promoters`, and comment again when that is merged.',
}

export function roleOf(reason: { readonly as: Implementer['as']; readonly sha: string | null }): string {
  const at = reason.sha === null ? '' : ` of ${code(reason.sha.slice(0, 7))}`
  switch (reason.as) {
    case 'author':
      return 'author of the pull request'
    case 'commit-author':
      return `author${at}`
    case 'committer':
      return `committer${at}`
    case 'co-author':
      return `co-author${at}`
    case 'assignee-of-bot':
      return "assignee of a bot's pull request"
    case 'pusher':
      return 'pushed to its branch'
  }
}
