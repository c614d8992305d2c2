import { decidedOf } from '../model/decision.ts'
import { stagesOf } from '../model/environments.ts'
import type { PromotionAnswer } from '../model/promotion.ts'
import type { PromotionFacts } from './promotion-facts.ts'

/** Was the version not rejected, there or in an earlier environment? Where that one is gone, the rejection stands for all. */
export function notRejected({ config, line, environment, version }: PromotionFacts): PromotionAnswer {
  const order = stagesOf(config).map((stage) => stage.name)
  const here = order.indexOf(environment.name)
  const rejection = decidedOf(line.decisions, 'reject', version.sha).find(({ what }) => {
    return order.indexOf(what.environment) <= here
  })
  if (rejection === undefined) return { kind: 'passes' }
  const { what, by } = rejection
  return {
    kind: 'denies',
    reason: {
      kind: 'rejected',
      version: version.tag,
      environment: what.environment,
      by: by?.login ?? null,
      because: what.reason,
    },
  }
}
