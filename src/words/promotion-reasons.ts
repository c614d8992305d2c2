import type { PromotionReason } from '../model/promotion.ts'
import { explainDecided } from './explain-decided.ts'
import { explainOperation } from './explain-operation.ts'
import { explainOrder } from './explain-order.ts'
import { explainOverride } from './explain-override.ts'
import { explainPromoter } from './explain-promoter.ts'
import { explainRun } from './explain-run.ts'
import { explainRush } from './explain-rush.ts'
import { explainTiming } from './explain-timing.ts'
import { type Explained, listed, type PromotionReasonOf } from './explained.ts'
import { code } from './inert.ts'

/** One set of sentences per reason, in GitHub Markdown; everything from outside is inert. */
export function explainPromotion(reason: PromotionReason): Explained {
  switch (reason.kind) {
    case 'environment-unknown':
    case 'environment-rush':
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
    case 'other-account':
    case 'implementer':
    case 'author-unknown':
    case 'part-unreadable':
      return explainPromoter(reason)
    case 'rush-unknown':
    case 'rush-closed':
    case 'rush-fork':
    case 'rush-checks':
    case 'rush-leased':
    case 'rush-free':
    case 'not-writer':
    case 'pull-unreadable':
      return explainRush(reason)
    case 'run-no-version':
    case 'run-unreleased':
    case 'run-unjudged':
      return explainRun(reason)
    case 'replaced':
    case 'expired':
    case 'comment-edited':
    case 'comment-stale':
    case 'press-stale':
      return explainComment(reason)
  }
  return explainRule(reason)
}

function explainSetup(reason: PromotionReasonOf<'config-broken' | 'report-mode' | 'not-configured'>): Explained {
  switch (reason.kind) {
    case 'config-broken':
      return {
        cause: `The configuration ${code(reason.path)} on this branch can't be used.`,
        who: 'Somebody who may merge into this branch',
        next: 'Mend the file; the check on its pull request names the lines. Then comment again.',
      }
    case 'report-mode':
      return {
        cause: 'This repository is in report mode: Waybill says what it would do, and deploys nothing.',
        who: 'An admin of this repository',
        next: 'Take `mode: report` out of the configuration, then comment again.',
      }
    case 'not-configured':
      return {
        cause: 'This branch has no Waybill configuration with environments.',
        who: 'An admin of this repository',
        next: 'Add `environments` to `.github/waybill.yml`.',
      }
  }
}

/** What the rules about time, decisions and operations ask for. */
function explainRule(
  reason: PromotionReasonOf<
    | 'config-broken'
    | 'report-mode'
    | 'not-configured'
    | 'frozen'
    | 'soaking'
    | 'soak-broken'
    | 'live-is-soaking'
    | 'sign-offs-missing'
    | 'rejected'
    | 'held'
    | 'not-judged'
    | 'environment-checks'
    | 'not-held'
    | 'tag-moved'
    | 'not-operator'
    | 'not-emergency'
    | 'nothing-before'
    | 'never-good'
    | 'nothing-failed'
    | 'nobody-promoted'
    | 'not-overrider'
    | 'implementer-of-head'
    | 'head-moved'
    | 'nothing-held'
    | 'head-unlisted'
  >,
): Explained {
  switch (reason.kind) {
    case 'config-broken':
    case 'report-mode':
    case 'not-configured':
      return explainSetup(reason)
    case 'frozen':
    case 'soaking':
    case 'soak-broken':
    case 'live-is-soaking':
    case 'sign-offs-missing':
      return explainTiming(reason)
    case 'rejected':
    case 'held':
    case 'not-judged':
    case 'environment-checks':
    case 'not-held':
    case 'tag-moved':
      return explainDecided(reason)
    case 'not-operator':
    case 'not-emergency':
    case 'nothing-before':
    case 'never-good':
    case 'nothing-failed':
    case 'nobody-promoted':
      return explainOperation(reason)
    case 'not-overrider':
    case 'implementer-of-head':
    case 'head-moved':
    case 'nothing-held':
    case 'head-unlisted':
      return explainOverride(reason)
  }
}

function explainUnknown(
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
        who: 'A promoter',
        next: 'Promote an older version first.',
      }
  }
}

function explainComment(
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
