import { durationOf } from '../model/duration.ts'
import { stageBefore } from '../model/environments.ts'
import type { PromotionAnswer } from '../model/promotion.ts'
import { soakOf } from '../model/soak.ts'
import type { PromotionFacts } from './promotion-facts.ts'

/** Was the version live in the environment before for as long as asked, without a break? Once is enough. */
export function hasSoaked({ config, environment, line, version, emergency }: PromotionFacts): PromotionAnswer {
  const before = stageBefore(config, environment.name)
  const wanted = durationOf(environment.soak)
  if (before === null || wanted === 0 || emergency !== null) return { kind: 'passes' }
  const soak = soakOf(line.deployments, { environment: before.name, sha: version.sha, now: line.now })
  if (soak.longest >= wanted) return { kind: 'passes' }
  const named = { version: version.tag, environment: environment.name, before: before.name, wanted: environment.soak }
  return soak.since === null
    ? { kind: 'denies', reason: { kind: 'soak-broken', ...named } }
    : { kind: 'waits', reason: { kind: 'soaking', ...named, until: soak.since + wanted } }
}
