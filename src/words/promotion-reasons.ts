import type { PromotionReason } from '../model/promotion.ts'
import { explainDecided } from './explain-decided.ts'
import { explainOperation } from './explain-operation.ts'
import { explainOrder } from './explain-order.ts'
import { explainOverride } from './explain-override.ts'
import { explainPromoter } from './explain-promoter.ts'
import { explainComment, explainUnknown } from './explain-request.ts'
import { explainRun } from './explain-run.ts'
import { explainRush } from './explain-rush.ts'
import { explainSetup } from './explain-setup.ts'
import { explainTiming } from './explain-timing.ts'
import type { Explained, PromotionReasonOf } from './explained.ts'

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
