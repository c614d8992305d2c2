import { liveIn } from '../model/environments.ts'
import type { PromotionAnswer } from '../model/promotion.ts'
import type { PromotionFacts } from './promotion-facts.ts'

/** Is the version newer than what is live? Going back is a rollback, not a promotion. */
export function newerThanLive({ environment, history, line, version }: PromotionFacts): PromotionAnswer {
  const live = liveIn(line.deployments, environment.name)
  const at = history.versions.findIndex((one) => one.sha === live?.sha)
  const target = history.versions.findIndex((one) => one.sha === version.sha)
  if (live === null || at <= target) return { kind: 'passes' }
  return {
    kind: 'denies',
    reason: {
      kind: 'older-than-live',
      version: version.tag,
      live: live.tag ?? live.sha.slice(0, 7),
      environment: environment.name,
    },
  }
}
