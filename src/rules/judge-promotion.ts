import type { Approved } from '../model/approved.ts'
import { liveIn } from '../model/environments.ts'
import type { Promotion, PromotionAnswer } from '../model/promotion.ts'
import { environmentFree } from './environment-free.ts'
import { newerThanLive } from './newer-than-live.ts'
import { promoterAllowed } from './promoter-allowed.ts'
import { promoterIsNoImplementer } from './promoter-is-no-implementer.ts'
import type { PromotionFacts } from './promotion-facts.ts'
import { stagedFirst } from './staged-first.ts'

/** The order people hear the answers in: first what they wrote, then who they are, then what the version did, then what is in the way now. */
const promotionRules: readonly ((facts: PromotionFacts) => PromotionAnswer)[] = [
  promoterIsNoImplementer,
  promoterAllowed,
  newerThanLive,
  stagedFirst,
  environmentFree,
]

/** May this version go there now? One denial denies, else one wait waits, else it is approved; nothing else approves. */
export function judgePromotion(facts: PromotionFacts): Promotion {
  if (liveIn(facts.line.deployments, facts.environment.name)?.sha === facts.version.sha) return { kind: 'already-live' }
  const answers = promotionRules.map((rule) => rule(facts))
  const denial = answers.find((answer) => answer.kind === 'denies')
  if (denial !== undefined) return { kind: 'denied', reason: denial.reason }
  const wait = answers.find((answer) => answer.kind === 'waits')
  if (wait !== undefined) return { kind: 'waits', reason: wait.reason }
  return { kind: 'approved', approval: approve(facts) }
}

function approve({ environment, version, by }: PromotionFacts): Approved {
  const approval = {
    environment: environment.name,
    version: version.tag,
    sha: version.sha,
    by: by === null ? null : { id: by.id, login: by.login },
  }
  // The one place where a proof is made: the brand exists in types only.
  return approval as Approved
}
