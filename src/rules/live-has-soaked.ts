import type { Environment } from '../model/config-schema.ts'
import { decidedOf } from '../model/decision.ts'
import { durationOf } from '../model/duration.ts'
import { liveIn, stagesOf } from '../model/environments.ts'
import type { PromotionAnswer } from '../model/promotion.ts'
import { soakOf } from '../model/soak.ts'
import type { PromotionFacts } from './promotion-facts.ts'

/**
 * With `queue: every`, has what is live soaked for the next environment, so that it may be replaced? A rejected version
 * has no way on, and one that has gone on already needs none.
 */
export function liveHasSoaked({
  config,
  environment,
  history,
  line,
  version,
  emergency,
}: PromotionFacts): PromotionAnswer {
  const next = stageAfter(stagesOf(config), environment)
  const live = liveIn(line.deployments, environment.name)
  const wanted = next === null ? 0 : durationOf(next.soak)
  if (next === null || wanted === 0 || environment.queue !== 'every' || emergency !== null) return { kind: 'passes' }
  if (live === null || live.sha === version.sha || decidedOf(line.decisions, 'reject', live.sha).length > 0) {
    return { kind: 'passes' }
  }
  const at = (sha: string | undefined) => history.versions.findIndex((one) => one.sha === sha)
  if (at(live.sha) <= at(liveIn(line.deployments, next.name)?.sha)) return { kind: 'passes' }
  const soak = soakOf(line.deployments, { environment: environment.name, sha: live.sha, now: line.now })
  if (soak.longest >= wanted || soak.since === null) return { kind: 'passes' }
  const named = { environment: environment.name, live: live.tag ?? live.sha.slice(0, 7), next: next.name }
  return { kind: 'waits', reason: { kind: 'live-is-soaking', ...named, until: soak.since + wanted } }
}

function stageAfter(stages: readonly Environment[], environment: Environment): Environment | null {
  return stages[stages.findIndex((stage) => stage.name === environment.name) + 1] ?? null
}
