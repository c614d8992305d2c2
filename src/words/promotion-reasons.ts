import type { PromotionReason } from '../model/promotion.ts'
import type { Implementer } from '../model/verdict.ts'
import { code, inert } from './inert.ts'

/** Why a version does not go there, who can change that, and the next step. */
export type Explained = { readonly cause: string; readonly who: string; readonly next: string }

/** One set of sentences per reason, in GitHub Markdown; everything from outside is inert. */
export function explainPromotion(reason: PromotionReason): Explained {
  switch (reason.kind) {
    case 'environment-unknown':
    case 'version-unknown':
    case 'not-released':
    case 'history-unknown':
      return explainUnknown(reason)
    case 'older-than-live':
    case 'not-staged':
    case 'staging-running':
    case 'environment-busy':
      return explainOrder(reason)
    case 'not-promoter':
    case 'promoters-unreadable':
    case 'implementer':
    case 'author-unknown':
      return explainPerson(reason)
    case 'replaced':
    case 'expired':
    case 'comment-edited':
    case 'comment-stale':
      return explainComment(reason)
    case 'config-broken':
      return {
        cause: `The configuration ${code(reason.path)} on this branch can't be used.`,
        who: 'Somebody who may merge into this branch',
        next: 'Mend the file; the check on its pull request names the lines. Then comment again.',
      }
    case 'not-configured':
      return {
        cause: 'This branch has no Waybill configuration with environments.',
        who: 'An admin of this repository',
        next: 'Add `environments` to `.github/waybill.yml`.',
      }
  }
}

type Of<K extends PromotionReason['kind']> = Extract<PromotionReason, { readonly kind: K }>

function explainUnknown(
  reason: Of<'environment-unknown' | 'version-unknown' | 'not-released' | 'history-unknown'>,
): Explained {
  switch (reason.kind) {
    case 'environment-unknown':
      return {
        cause: `There is no environment ${code(reason.name)}.`,
        who: 'You',
        next: reason.known.length === 0 ? 'No environments are configured.' : `Name one of ${list(reason.known)}.`,
      }
    case 'version-unknown':
      return {
        cause: `There is no version ${code(reason.version)} on this line.`,
        who: 'You',
        next: reason.known.length === 0 ? 'Nothing was released yet.' : `The newest ones are ${list(reason.known)}.`,
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
        who: 'A promoter',
        next: 'Promote an older version first.',
      }
  }
}

function explainOrder(
  reason: Of<'older-than-live' | 'not-staged' | 'staging-running' | 'environment-busy'>,
): Explained {
  switch (reason.kind) {
    case 'older-than-live':
      return {
        cause: `${code(reason.version)} is older than ${code(reason.live)}, which is live in ${code(reason.environment)}.`,
        who: 'You',
        next: 'Promote a newer version.',
      }
    case 'not-staged':
      return {
        cause:
          reason.state === null
            ? `${code(reason.version)} was never deployed to ${code(reason.before)}.`
            : `The newest deployment of ${code(reason.version)} to ${code(reason.before)} ended with ${code(reason.state)}.`,
        who: 'Whoever runs the deployments',
        next: `${code(reason.environment)} takes only what succeeded in ${code(reason.before)}; ask again when it did.`,
      }
    case 'staging-running':
      return {
        cause: `${code(reason.version)} is still being deployed to ${code(reason.before)}.`,
        who: 'Nobody: this goes on by itself',
        next: `It goes to ${code(reason.environment)} when that succeeds.`,
      }
    case 'environment-busy':
      return {
        cause: `${code(reason.version)} is being deployed to ${code(reason.environment)} now.`,
        who: 'Nobody: this goes on by itself',
        next: 'Deployments to one environment go one at a time; this one is next when that ends.',
      }
  }
}

function explainPerson(
  reason: Of<'not-promoter' | 'promoters-unreadable' | 'implementer' | 'author-unknown'>,
): Explained {
  switch (reason.kind) {
    case 'not-promoter':
      return {
        cause: `${inert(reason.login)} is not one of those who may promote to ${code(reason.environment)}.`,
        who: code(reason.promoters),
        next: 'Ask one of them to comment the same.',
      }
    case 'promoters-unreadable':
      return {
        cause: `Whether you belong to ${code(reason.team)} could not be read: ${inert(reason.cause)}.`,
        who: 'An admin of the organisation, if it stays so',
        next: 'Nothing is decided until it can be read; Waybill tries again by itself.',
      }
    case 'implementer':
      return {
        cause: `${inert(reason.login)} is an implementer of ${code(reason.version)}: ${roleOf(reason)}. Nobody signs off their own change.`,
        who: 'A promoter who wrote none of it',
        next: 'Ask one of them to comment the same.',
      }
    case 'author-unknown':
      return {
        cause: `${code(reason.version)} holds commits whose author belongs to no account: ${list(
          reason.commits.map((commit) => `${commit.sha.slice(0, 7)} ${commit.email}`),
        )}. Somebody unknown counts as an implementer.`,
        who: 'An admin of this repository',
        next: 'Give that e-mail to an account on GitHub, then comment again.',
      }
  }
}

function explainComment(reason: Of<'replaced' | 'expired' | 'comment-edited' | 'comment-stale'>): Explained {
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
        cause: 'The comment was more than 15 minutes old when Waybill first heard of it.',
        who: 'You',
        next: 'Comment again if it is still wanted.',
      }
  }
}

function roleOf(reason: { readonly as: Implementer['as']; readonly sha: string | null }): string {
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
  }
}

function list(names: readonly string[]): string {
  return names.map(code).join(', ')
}
